// Reads request bodies: JSON and forms, at most 64 kB, malformed ones refused with the contract's error.
import { bodyParser } from '@koa/bodyparser';
import type { Middleware } from 'koa';
import { invalidFields, RefusedError } from '../../domain/errors.ts';
import type { BodyType } from '../operation.ts';

export const LIMIT = '64kb';

/** What each type comes as. */
export const mediaTypes: Readonly<Record<BodyType, string[]>> = {
  json: ['application/json', '+json'],
  form: ['application/x-www-form-urlencoded'],
  xml: ['application/xml', 'text/xml', '+xml'],
  text: ['text/plain'],
};

/** Leaves the parsed body in `ctx.request.body`, an object. A body of another media type is 415; none at all is `{}`. */
export function body(...types: ('json' | 'form')[]): Middleware {
  const parse = bodyParser({
    // JSON comes as text and is parsed here: the library's own parser refuses `__proto__`, a name like any other to us.
    enableTypes: types.map((type) => (type === 'json' ? 'text' : type)),
    extendTypes: { text: mediaTypes.json },
    textLimit: LIMIT,
    formLimit: LIMIT,
    onError: bodyProblem,
  });
  const accepted = types.flatMap((type) => mediaTypes[type]);
  return async function readBody(ctx, next) {
    // `is` gives false for a body of another type; clients that send none say Content-Length: 0 and no type.
    if (ctx.get('Content-Length') !== '0' && ctx.request.is(...accepted) === false) {
      throw new RefusedError('unsupportedMediaType');
    }
    await parse(ctx, async () => undefined);
    const sent: unknown = ctx.request.body ?? {};
    const given = typeof sent === 'string' ? parseJson(sent) : sent;
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw invalidFields({ body: 'must be a JSON object' });
    }
    ctx.request.body = given;
    await next();
  };
}

/** What the library's errors are to whoever sent the body. @throws RefusedError */
export function bodyProblem(error: Error): never {
  const { status } = error as { status?: unknown };
  if (status === 413) throw new RefusedError('bodyTooLarge');
  // The library says so of a content encoding it does not know.
  if (status === 415) throw new RefusedError('unsupportedMediaType');
  throw malformed();
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function malformed(): RefusedError {
  return invalidFields({ body: 'must be well-formed and match its content type' });
}
