// What the management API says where the public contract's words, which are Routee's, would not fit.
import type { ErrorSentences } from '../../domain/errors.ts';

/** The rest is said in the words of the table, what is not there by the refusal itself: "There is no such account." */
export const adminSentences = {
  invalidData: 'Invalid data.',
} as const satisfies ErrorSentences;

/** As the document lists them, which speaks of every operation at once. */
export const documentedSentences = {
  ...adminSentences,
  noSuchPath: 'There is nothing under this id; the sentence says of what kind.',
} as const satisfies ErrorSentences;
