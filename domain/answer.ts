// What a person typed, reduced to what can be compared (CONTRACT "Confirm").
import { withoutSeparators } from './typed.ts';

const decimalDigit = /\p{Nd}/gu;

/** ASCII digit by Unicode decimal digit, as the platform's numbering systems write 0 to 9. */
const asciiDigits = new Map(
  Intl.supportedValuesOf('numberingSystem').flatMap((numberingSystem) => {
    const format = new Intl.NumberFormat('en', { numberingSystem });
    return Array.from({ length: 10 }, (_, value): [string, string] => [format.format(value), String(value)]);
  }),
);

/** True for a text that nothing was typed in but spaces, dashes and the like: no answer, and so no try. */
export function isNoAnswer(text: string): boolean {
  return withoutSeparators(text) === '';
}

/**
 * The number an answer stands for, or `undefined` when it cannot be the code: more digits than the code has, or other
 * characters. Leading zeros may be missing, since some clients send an integer.
 */
export function answerNumber(answer: string, digits: number): bigint | undefined {
  const ascii = withoutSeparators(answer).replace(decimalDigit, (digit) => asciiDigits.get(digit) ?? digit);
  return /^[0-9]+$/.test(ascii) && ascii.length <= digits ? BigInt(ascii) : undefined;
}
