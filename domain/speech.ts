// What a call says: the text of a message with the digits of its code apart, so that each is heard.
import { fillCode, type Segment } from './template.ts';

/** Said once; a carrier that calls says it twice. */
export interface Speech {
  /** With the digits of the code apart; never logged. */
  readonly text: string;
  /** A BCP 47 tag, which the voice is chosen by. */
  readonly language: string;
}

/** `4, 8, 2`: the comma makes every voice pause, and keeps it from reading a number. */
export function digitsApart(code: string): string {
  return Array.from(code).join(', ');
}

/** The text as it is spoken. @param code digits */
export function speechText(segments: readonly Segment[], code: string): string {
  return fillCode(segments, digitsApart(code));
}
