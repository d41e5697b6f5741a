// Reads request bodies: JSON and forms, at most 64 kB, malformed ones refused with the contract's error.
import { bodyParser } from '@koa/bodyparser';
import type { Middleware } from 'koa';
import { invalidFields, RefusedError } from '../../domain/errors.ts';

const LIMIT = '64kb';

type BodyType = 'json' | 'form';

const mediaTypes: Readonly<Record<BodyType, readonly string[]>> = {
  json: ['json', '+json'],
  form: ['urlencoded'],
};

/** Leaves the parsed body in `ctx.request.body`, an object. A body of another media type is 415; none at all is `{}`. */
export function body(...types: BodyType[]): Middleware {
  const parse = bodyParser({
    enableTypes: types,
    jsonLimit: LIMIT,
    formLimit: LIMIT,
    onError(error) {
      if ((error as { status?: unknown }).status === 413) throw new RefusedError('bodyTooLarge');
      throw invalidFields({ body: 'must be well-formed and match its content type' });
    },
  });
  const accepted = types.flatMap((type) => mediaTypes[type]);
  return async function readBody(ctx, next) {
    // `is` says null where there is no body at all, and false for another type, of an empty body too.
    if (ctx.request.is(...accepted) === false && ctx.request.length !== 0) throw new RefusedError('unsupportedMediaType');
    await parse(ctx, async () => undefined);
    const given: unknown = ctx.request.body ?? {};
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw invalidFields({ body: 'must be a JSON object' });
    }
    ctx.request.body = given;
    await next();
  };
}
