// Texts as the octets of short_message: which alphabet, how many parts, which header each part begins with.
import { toSeptets } from '../../domain/gsm-alphabet.ts';
import { encodingOf, splitMessage } from '../../domain/parts.ts';
import type { SmppSettings } from './settings.ts';

export interface EncodedPart {
  readonly dataCoding: number;
  readonly esmClass: number;
  readonly shortMessage: Buffer;
  /** The whole text, in message_payload instead of `shortMessage`. */
  readonly payload?: Buffer;
  /** Which part of how many it is, where TLVs say so. */
  readonly segment?: { readonly reference: number; readonly total: number; readonly number: number };
}

export interface EncodedText {
  /** What is handed over, one by one. */
  readonly messages: readonly EncodedPart[];
  /** As phones and bills count. */
  readonly parts: number;
}

type TextSettings = Pick<SmppSettings, 'defaultAlphabet' | 'ucs2DataCoding' | 'longMessages'> &
  Partial<Pick<SmppSettings, 'defaultDataCoding'>>;

const HEADER_INDICATOR = 0x40;
const lastCharacterOf = { latin1: 0xff, ascii: 0x7f };

/** @param reference what ties the parts of one message together, 0 to 255 */
export function encodeText(text: string, settings: TextSettings, reference: number): EncodedText {
  const { encoding, parts } = splitMessage(text, fitsDefaultAlphabet(text, settings) ? encodingOf(text) : 'UCS-2');
  const dataCoding = encoding === 'GSM-7' ? (settings.defaultDataCoding ?? 0) : settings.ucs2DataCoding;
  const octets = (part: string) => (encoding === 'UCS-2' ? ucs2(part) : inDefaultAlphabet(part, settings));
  if (parts.length === 1) {
    return { messages: [{ dataCoding, esmClass: 0, shortMessage: octets(text) }], parts: 1 };
  }
  if (settings.longMessages === 'payload') {
    const whole = { dataCoding, esmClass: 0, shortMessage: Buffer.alloc(0), payload: octets(text) };
    return { messages: [whole], parts: parts.length };
  }
  const messages = parts.map((part, index) => {
    if (settings.longMessages === 'sar') {
      const segment = { reference, total: parts.length, number: index + 1 };
      return { dataCoding, esmClass: 0, shortMessage: octets(part), segment };
    }
    const header = Buffer.from([5, 0, 3, reference, parts.length, index + 1]);
    return { dataCoding, esmClass: HEADER_INDICATOR, shortMessage: Buffer.concat([header, octets(part)]) };
  });
  return { messages, parts: parts.length };
}

/**
 * An SMSC that takes another alphabet turns it into GSM-7 itself: a text must be within both to arrive as it was, and is
 * measured in septets all the same.
 */
function fitsDefaultAlphabet(text: string, { defaultAlphabet }: TextSettings): boolean {
  if (defaultAlphabet === 'gsm7') return true;
  return Array.from(text).every((character) => (character.codePointAt(0) ?? 0) <= lastCharacterOf[defaultAlphabet]);
}

/** Septets one per octet, as SMPP wants them, or the octets of the other alphabets. */
function inDefaultAlphabet(text: string, { defaultAlphabet }: TextSettings): Buffer {
  if (defaultAlphabet !== 'gsm7') return Buffer.from(text, 'latin1');
  return Buffer.from(toSeptets(text));
}

/** Big-endian; surrogate pairs as they are, which every phone of today reads. */
const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
