// The text of what carriers send: in the charset that they name, by their header, a byte order mark or the XML itself.
import { parse, stringify } from 'node:querystring';
import { invalidFields, RefusedError } from '../../domain/errors.ts';
import { octetsOf } from './octets.ts';

/** What unnamed bytes are in that are no UTF-8: every byte of it is a character. */
const LEGACY = 'windows-1252';

type Decode = (bytes: Uint8Array) => string | undefined;

export interface ForeignBody {
  readonly kind: 'json' | 'form' | 'xml' | 'text';
  /** Of the Content-Type. */
  readonly charset: string | undefined;
}

/** @throws RefusedError for a charset nobody knows, and for JSON that is not in its charset */
export function foreignText(bytes: Buffer, { kind, charset }: ForeignBody): string {
  const named = markOf(bytes) ?? charset ?? (kind === 'xml' ? charsetOfXml(bytes) : undefined);
  const decode = decoderOf(named ?? 'utf-8');
  if (kind === 'form') return formText(bytes, decode);
  const text = decode(bytes);
  if (text === undefined && kind === 'json')
    throw invalidFields({ body: 'must be valid in its charset, UTF-8 where none is named' });
  return text ?? legacy(bytes);
}

/** A form names its characters by their bytes, too. One in another charset is told as it would be in UTF-8. */
function formText(bytes: Buffer, decode: Decode): string {
  const text = bytes.toString('latin1');
  const isUtf8 = text
    .split(/[&=]/)
    .every((piece) => Buffer.from(decode(octetsOf(piece)) ?? '').equals(octetsOf(piece)));
  if (isUtf8) return bytes.toString();
  const readPiece = (piece: string) => decode(octetsOf(piece)) ?? legacy(octetsOf(piece));
  return stringify(parse(text, '&', '=', { maxKeys: 0, decodeURIComponent: readPiece }));
}

/** A byte order mark says it before anything else does. */
function markOf(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 3).toString('hex');
  if (start === 'efbbbf') return 'utf-8';
  if (start.startsWith('feff')) return 'utf-16be';
  return start.startsWith('fffe') ? 'utf-16le' : undefined;
}

/** `<?xml version="1.0" encoding="..."?>`, which is in ASCII. */
function charsetOfXml(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 200).toString('latin1');
  return /^\s*<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
}

function decoderOf(charset: string): Decode {
  try {
    const decoder = new TextDecoder(charset, { fatal: true });
    return (bytes) => {
      try {
        return decoder.decode(bytes);
      } catch {
        return undefined;
      }
    };
  } catch {
    throw new RefusedError('unsupportedMediaType', { sentence: 'Unsupported charset: send the body in UTF-8' });
  }
}

function legacy(bytes: Uint8Array): string {
  return new TextDecoder(LEGACY).decode(bytes);
}
