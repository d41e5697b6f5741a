// Content-Encoding (RFC 9110 8.4.1): which codings a body comes in, and the body without them.
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { Context } from 'koa';
import { invalidFields, RefusedError } from '../../domain/errors.ts';

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const unzipped: Decoder = promisify(gunzip);
const inflated: Decoder = promisify(inflate);
const inflatedRaw: Decoder = promisify(inflateRaw);

/** Every name is taken in any case. `x-gzip` is an old name of gzip. */
const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', unzipped],
  ['x-gzip', unzipped],
  ['deflate', (bytes, options) => (isZlib(bytes) ? inflated : inflatedRaw)(bytes, options)],
  ['br', promisify(brotliDecompress)],
  ['identity', async (bytes) => bytes],
]);
const OFFERED = 'gzip, deflate, br';
/** More than anybody has a use for, few enough to cost nothing. */
const MOST_CODINGS = 5;

/** The codings in the order they were applied. @throws RefusedError for one nobody knows, with `Accept-Encoding` on the answer. */
export function contentCodings(ctx: Context): readonly Decoder[] {
  const names = ctx
    .get('Content-Encoding')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const found = names.flatMap((name) => decoders.get(name) ?? []);
  if (found.length === names.length && names.length <= MOST_CODINGS) return found;
  ctx.set('Accept-Encoding', OFFERED);
  throw new RefusedError('unsupportedMediaType', {
    sentence: `Unsupported Content-Encoding: send the body without one, or as one of ${OFFERED}`,
  });
}

/** The last coding is taken off first. No stage may grow beyond the limit, so a bomb costs no more than a body. */
export async function decodeBytes(bytes: Buffer, codings: readonly Decoder[], limit: number): Promise<Buffer> {
  let decoded = bytes;
  for (const decode of codings.toReversed()) {
    decoded = await decode(decoded, { maxOutputLength: limit }).catch((error: { code?: unknown }) => {
      if (error.code === 'ERR_BUFFER_TOO_LARGE') throw new RefusedError('bodyTooLarge');
      throw invalidFields({ body: 'must be compressed as its Content-Encoding says' });
    });
  }
  return decoded;
}

/** Some clients leave the wrapper out that `deflate` asks for (RFC 1950 2.2 tells it by its first two bytes). */
function isZlib(bytes: Buffer): boolean {
  return bytes.length >= 2 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}
