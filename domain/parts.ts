// How a text becomes SMS parts: GSM-7 160/153, UCS-2 70/67, cut as 3GPP TS 23.040, 9.2.3.24.1 has it; one pass over the text.
import { isGsm, septetsFor } from './gsm-alphabet.ts';
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

/** The encoding of a text: UCS-2 as soon as one character needs it. */
export function encodingOf(text: string): MessageSize['encoding'] {
  return isGsm(text) ? 'GSM-7' : 'UCS-2';
}

/** Encoding and parts of a message whose code is counted as `digits` zeros. */
export function measureMessage(segments: readonly Segment[], digits: number): MessageSize {
  const { encoding, parts } = splitMessage(fillCode(segments, '0'.repeat(digits)));
  return { encoding, parts: parts.length };
}

/**
 * Cuts a text as it is paid for and sent: each part as full as can be, only surrogate pairs and escape pairs kept whole. Letters and
 * their marks may part: phones put the text together before they show it.
 * @param encoding UCS-2 for a way out that lacks some of GSM-7
 */
export function splitMessage(text: string, encoding: MessageSize['encoding'] = encodingOf(text)): SplitMessage {
  const { single, part } = limits[encoding];
  const cuts = encoding === 'GSM-7' ? cutSeptets(text, single, part) : cutUnits(text, single, part);
  return { encoding, parts: cuts.map((from, index) => text.slice(from, cuts[index + 1])) };
}

/** Where the parts begin, in UTF-16 units. */
function cutUnits(text: string, single: number, part: number): number[] {
  if (text.length <= single) return [0];
  const begins: number[] = [];
  for (let at = 0; at < text.length; ) {
    begins.push(at);
    const next = at + part;
    at = splitsPair(text, next) ? next - 1 : next;
  }
  return begins;
}

/** Whether the place between two units is within one character. */
function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

function cutSeptets(text: string, single: number, part: number): number[] {
  const begins = [0];
  let [total, used] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const size = septetsFor(text.charCodeAt(at));
    total += size;
    if (used + size > part) {
      begins.push(at);
      used = 0;
    }
    used += size;
  }
  return total <= single ? [0] : begins;
}
