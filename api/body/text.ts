// From bytes to text: UTF-8 for whoever speaks our contract, what they name for carriers.
import { invalidFields, RefusedError } from '../../domain/errors.ts';

/** Names of UTF-8, and of what is UTF-8 as well. */
const unicode: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/** The contract's charset (RFC 8259 8.1). @throws RefusedError for a charset of another name */
export function assertUnicode(charset: string | undefined): void {
  if (charset === undefined || unicode.has(charset)) return;
  throw new RefusedError('unsupportedMediaType', { sentence: 'Unsupported charset: send the body in UTF-8' });
}

/** Without a byte order mark. @throws RefusedError for bytes that are no UTF-8 */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidFields({ body: 'must be valid UTF-8' });
  }
}
