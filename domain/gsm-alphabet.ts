// The default alphabet of GSM and its extension table (3GPP TS 23.038, 6.2.1): which characters they have, and as which septets.

const ESCAPE = 0x1b;

/** By septet; `\uffff` is no character and keeps the place of the escape. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uffffÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** By character; each stands behind an escape. */
const extension: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};

/** By UTF-16 unit: all of these characters are of one. */
const septets = new Map<number, readonly number[]>([
  ...Array.from(basic, (character, septet): [number, number[]] => [character.charCodeAt(0), [septet]]),
  ...Object.entries(extension).map(([character, septet]): [number, number[]] => [
    character.charCodeAt(0),
    [ESCAPE, septet],
  ]),
]);
septets.delete(0xffff);

/** How many septets a UTF-16 unit takes: one, two behind an escape, or none where the alphabet lacks it. */
export function septetsFor(unit: number): 0 | 1 | 2 {
  return (septets.get(unit)?.length ?? 0) as 0 | 1 | 2;
}

/** True when a text can be written in this alphabet whole. */
export function isGsm(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!septets.has(text.charCodeAt(at))) return false;
  return true;
}

/** A text as septets, one in each octet. @throws for a character that the alphabet lacks */
export function toSeptets(text: string): Uint8Array {
  const found = new Uint8Array(2 * text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const own = septets.get(text.charCodeAt(at));
    if (own === undefined) throw new Error('this text has characters beyond GSM-7: send it as UCS-2');
    found.set(own, length);
    length += own.length;
  }
  return found.subarray(0, length);
}

/** A character with its marks and what is joined to it: near enough to what a reader sees, and in one pass, which Intl.Segmenter is not. */
const withMarks = /.(?:\p{M}|\u200d.)*/gsu;

/** What of a text this alphabet lacks, as a reader sees it, each once. */
export function beyondGsm(text: string): string[] {
  const found = new Set<string>();
  for (const [seen] of text.matchAll(withMarks)) if (!isGsm(seen)) found.add(seen);
  return [...found];
}
