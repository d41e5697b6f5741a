// Reads what carriers send: JSON of any shape, forms, XML and text, at most 64 kB. What it means is for the type of carrier to say.
import { parse } from 'node:querystring';
import type { Middleware } from 'koa';
import { type ForeignBody, foreignText } from '../body/foreign-text.ts';
import { isOneOf, mediaTypeOf } from '../body/media-type.ts';
import { hasBody } from '../body/read-bytes.ts';
import { mediaTypes, readPlainBytes, unsupportedType } from './body.ts';

const kinds = ['json', 'form', 'xml', 'text'] as const;
/** Of the fields of a form. One pass over them; a name that comes more than once has all its values. */
const ALL = { maxKeys: 0 };

/**
 * Leaves the bytes in `ctx.request.rawBytes`, their text in `rawBody`, and in `body` a JSON value or a form as an object;
 * undefined for the rest.
 */
export function carrierBody(): Middleware {
  return async function readCarrierBody(ctx, next) {
    const { type, charset } = mediaTypeOf(ctx.get('Content-Type'));
    const sent = hasBody(ctx.req);
    const named = kinds.find((kind) => isOneOf(type, mediaTypes[kind]));
    if (sent && type !== '' && !named) throw unsupportedType(ctx, kinds);
    const bytes = sent ? await readPlainBytes(ctx) : Buffer.alloc(0);
    const kind = named ?? kindOf(bytes);
    const text = foreignText(bytes, { kind, charset });
    Object.assign(ctx.request, { rawBytes: bytes, rawBody: text, body: parsed(kind, text) });
    await next();
  };
}

/** Where the carrier does not say: by its first character, as far as that tells. */
function kindOf(bytes: Buffer): ForeignBody['kind'] {
  const [first] = bytes.toString('latin1', 0, 1_000).trimStart();
  if (first === '{' || first === '[') return 'json';
  return first === '<' ? 'xml' : 'form';
}

function parsed(kind: ForeignBody['kind'], text: string): unknown {
  if (kind === 'form') return parse(text, '&', '=', ALL);
  return kind === 'json' ? jsonOf(text) : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
