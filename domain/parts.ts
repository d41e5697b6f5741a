// How many SMS parts a text takes: GSM-7 160/153, UCS-2 70/67 (3GPP TS 23.038 and 23.040), by a library that knows both.
import calculator from 'sms-segments-calculator';
import { fillCode, type Segment } from './template.ts';

export interface MessageSize {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly parts: number;
}

const UCS2_SINGLE = 70;
const UCS2_PART = 67;

/** The characters of a text, each once, that GSM-7 lacks: they alone make it UCS-2. */
export function charactersBeyondGsm(text: string): string[] {
  return [...new Set(new calculator.SegmentedMessage(text).getNonGsmCharacters())];
}

/** Encoding and parts of a message whose code is counted as `digits` zeros. Voice is always one part. */
export function measureMessage(segments: readonly Segment[], digits: number): MessageSize {
  const text = fillCode(segments, '0'.repeat(digits));
  const message = new calculator.SegmentedMessage(text);
  if (message.encodingName === 'GSM-7') return { encoding: 'GSM-7', parts: message.segmentsCount };
  // The library never splits a cluster of combining marks, however long; a carrier does, and bills each part.
  const least = text.length <= UCS2_SINGLE ? 1 : Math.ceil(text.length / UCS2_PART);
  return { encoding: 'UCS-2', parts: Math.max(message.segmentsCount, least) };
}
