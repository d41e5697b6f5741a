// How many SMS parts a text takes: GSM-7 160/153, UCS-2 70/67 (3GPP TS 23.038 and 23.040), by a library that knows both.
import calculator from 'sms-segments-calculator';
import { fillCode, type Segment } from './template.ts';

export interface MessageSize {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly parts: number;
}

/** Encoding and parts of a message whose code is counted as `digits` zeros. Voice is always one part. */
export function measureMessage(segments: readonly Segment[], digits: number): MessageSize {
  const message = new calculator.SegmentedMessage(fillCode(segments, '0'.repeat(digits)));
  return { encoding: message.encodingName === 'GSM-7' ? 'GSM-7' : 'UCS-2', parts: message.segmentsCount };
}
