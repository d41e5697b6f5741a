// Reads request bodies: JSON and forms, at most 64 kB; what cannot be read is refused with the contract's error.
import type { Context, Middleware } from 'koa';
import { invalidFields, RefusedError } from '../../domain/errors.ts';
import { contentCodings, decodeBytes } from '../body/content-coding.ts';
import { parseForm } from '../body/form.ts';
import { parseJson } from '../body/json.ts';
import { isOneOf, mediaTypeOf } from '../body/media-type.ts';
import { hasBody, readBytes } from '../body/read-bytes.ts';
import { assertUnicode, utf8 } from '../body/text.ts';
import type { BodyType } from '../operation.ts';

declare module 'koa' {
  interface Request {
    /** What was read of it, by this or for a carrier. */
    body?: unknown;
  }
}

/** In bytes, once what it was compressed with is taken off. */
const LIMIT = 65_536;
/** Compressed, a body that does not shrink is longer by its frame. */
const FRAME = 1_024;

/** What each type comes as; those with a leading `+` are endings. */
export const mediaTypes: Readonly<Record<BodyType, readonly string[]>> = {
  json: ['application/json', '+json'],
  form: ['application/x-www-form-urlencoded'],
  xml: ['application/xml', 'text/xml', '+xml'],
  text: ['text/plain'],
};

/** Leaves the parsed body in `ctx.request.body`, an object. A body of another media type is 415; none at all is `{}`. */
export function body(...types: ('json' | 'form')[]): Middleware {
  return async function readBody(ctx, next) {
    ctx.request.body = await readBodyFields(ctx, types);
    await next();
  };
}

/** The body as it was before it was compressed. @throws RefusedError, ClientGone */
export async function readPlainBytes(ctx: Context, limit = LIMIT): Promise<Buffer> {
  const codings = contentCodings(ctx);
  if (codings.length === 0) return await readBytes(ctx.req, limit);
  return await decodeBytes(await readBytes(ctx.req, limit + FRAME), codings, limit);
}

/** What a sender of another media type is told to send. */
export function unsupportedType(ctx: Context, types: readonly BodyType[]): RefusedError {
  const names = types.flatMap((type) => mediaTypes[type].filter((each) => !each.startsWith('+')));
  ctx.set('Accept', names.join(', '));
  const curls = isOneOf(mediaTypeOf(ctx.get('Content-Type')).type, mediaTypes.form) ? ', which curl -d leaves out' : '';
  return new RefusedError('unsupportedMediaType', {
    sentence: `Unsupported media type: send the body with Content-Type: ${names.join(' or ')}${curls}`,
  });
}

/** @param limit in bytes, for the few who send more. @throws RefusedError, ClientGone */
export async function readBodyFields(
  ctx: Context,
  types: readonly ('json' | 'form')[],
  limit = LIMIT,
): Promise<Record<string, unknown>> {
  if (!hasBody(ctx.req)) return {};
  const { type, charset } = mediaTypeOf(ctx.get('Content-Type'));
  const named = types.find((each) => isOneOf(type, mediaTypes[each]));
  if (type !== '' && !named) throw unsupportedType(ctx, types);
  assertUnicode(charset);
  const text = utf8(await readPlainBytes(ctx, limit));
  if (isBlank(text)) return {};
  const read = named ?? typeOf(text, types);
  if (!read) throw unsupportedType(ctx, types);
  return read === 'form' ? parseForm(text) : readObject(text);
}

/** What a body is whose sender did not say: a JSON object shows by its first character, a form by nothing. */
function typeOf(text: string, types: readonly ('json' | 'form')[]): 'json' | 'form' | undefined {
  if (/^[ \t\r\n]*\{/.test(text) && types.includes('json')) return 'json';
  return types.find((each) => each === 'form');
}

/** Blank in the sense of JSON. */
function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

function readObject(text: string): Record<string, unknown> {
  const given = wellFormed(text);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalidFields({ body: 'must be a JSON object' });
  }
  return given as Record<string, unknown>;
}

function wellFormed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw invalidFields({ body: 'must be well-formed and match its content type' });
  }
}
