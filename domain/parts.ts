// How a text becomes SMS parts: GSM-7 160/153, UCS-2 70/67 (3GPP TS 23.038 and 23.040), by a library that knows both alphabets.
import calculator from 'sms-segments-calculator';
import { fillCode, type Segment } from './template.ts';

export interface MessageSize {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly parts: number;
}

export interface SplitMessage {
  readonly encoding: MessageSize['encoding'];
  /** The text, cut; one part where it fits. */
  readonly parts: readonly string[];
}

/** In septets and in UTF-16 units; a part of several has six octets less, for its header. */
const limits = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } };

/** The characters of a text, each once, that GSM-7 lacks: they alone make it UCS-2. */
export function charactersBeyondGsm(text: string): string[] {
  return [...new Set(new calculator.SegmentedMessage(text).getNonGsmCharacters())];
}

/** Encoding and parts of a message whose code is counted as `digits` zeros. Voice is always one part. */
export function measureMessage(segments: readonly Segment[], digits: number): MessageSize {
  const { encoding, parts } = splitMessage(fillCode(segments, '0'.repeat(digits)));
  return { encoding, parts: parts.length };
}

/**
 * Cuts a text as it is paid for and sent: greedily, never inside what a reader sees as one character, unless that alone is
 * longer than a part.
 * @param encoding UCS-2 for a way out that lacks some of GSM-7
 */
export function splitMessage(text: string, encoding: 'auto' | 'UCS-2' = 'auto'): SplitMessage {
  const { encodingName, encodedChars } = new calculator.SegmentedMessage(text, encoding);
  const { single, part } = limits[encodingName];
  const sizes = encodedChars.map(({ codeUnits }) => codeUnits.length);
  if (sum(sizes) <= single) return { encoding: encodingName, parts: [text] };
  const parts: string[] = [];
  let [current, used] = ['', 0];
  for (const { raw, codeUnits } of encodedChars) {
    const pieces = codeUnits.length <= part ? [raw] : Array.from(raw);
    for (const piece of pieces) {
      const size = pieces.length === 1 ? codeUnits.length : piece.length;
      if (used + size > part) {
        parts.push(current);
        [current, used] = ['', 0];
      }
      current += piece;
      used += size;
    }
  }
  return { encoding: encodingName, parts: [...parts, current] };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
