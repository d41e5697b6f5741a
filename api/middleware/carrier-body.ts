// Reads what carriers send: JSON of any shape, forms, XML and text, at most 64 kB, whatever it is labelled. What it means is for the type of carrier to say.
import { parse } from 'node:querystring';
import type { Middleware } from 'koa';
import { type ForeignBody, foreignText } from '../body/foreign-text.ts';
import { isOneOf, mediaTypeOf } from '../body/media-type.ts';
import { hasBody } from '../body/read-bytes.ts';
import { mediaTypes, readPlainBytes } from './body.ts';

const kinds = ['json', 'form', 'xml', 'text'] as const;
/** Of the fields of a form. One pass over them; a name that comes more than once has all its values. */
const ALL = { maxKeys: 0 };

/**
 * Leaves the bytes in `ctx.request.rawBytes`, their text in `rawBody`, and in `body` a JSON value or a form as an object;
 * undefined for the rest. A wrong label, or none, is no reason to lose an honest report.
 */
export function carrierBody(): Middleware {
  return async function readCarrierBody(ctx, next) {
    const { type, charset } = mediaTypeOf(ctx.get('Content-Type'));
    const bytes = hasBody(ctx.req) ? await readPlainBytes(ctx) : Buffer.alloc(0);
    const shown = kindOf(bytes);
    const kind = kinds.find((each) => isOneOf(type, mediaTypes[each])) ?? shown;
    const text = foreignText(bytes, { kind, charset });
    Object.assign(ctx.request, { rawBytes: bytes, rawBody: text, body: valueIn(text, shown, kind) });
    await next();
  };
}

/** By its first character, as far as that tells. */
function kindOf(bytes: Buffer): ForeignBody['kind'] {
  const head = bytes
    .toString('latin1', 0, 1_000)
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trimStart();
  if (/^[{[]/.test(head)) return 'json';
  if (head.startsWith('<')) return 'xml';
  return bytes.includes('=') ? 'form' : 'text';
}

/** What it shows itself to be counts before what it says it is: `curl -d` labels JSON as a form. */
function valueIn(text: string, shown: ForeignBody['kind'], labelled: ForeignBody['kind']): unknown {
  const json = shown === 'json' || labelled === 'json' ? jsonOf(text) : undefined;
  if (json !== undefined) return json;
  return shown === 'form' || labelled === 'form' ? parse(text.trim(), '&', '=', ALL) : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    return undefined;
  }
}
