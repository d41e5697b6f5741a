// Reads what carriers send: JSON of any shape, forms, XML and text, at most 64 kB. What it means is for the type of carrier to say.
import { bodyParser } from '@koa/bodyparser';
import type { Middleware } from 'koa';
import { RefusedError } from '../../domain/errors.ts';
import { bodyProblem, LIMIT, mediaTypes } from './body.ts';

const json = mediaTypes.json;
const form = mediaTypes.form;
const all = Object.values(mediaTypes).flat();

/** Leaves the text in `ctx.request.rawBody`, and in `ctx.request.body` a JSON value or a form as an object; undefined for the rest. */
export function carrierBody(): Middleware {
  const parse = bodyParser({
    enableTypes: ['text'],
    extendTypes: { text: all },
    textLimit: LIMIT,
    onError: bodyProblem,
  });
  return async function readCarrierBody(ctx, next) {
    if (ctx.get('Content-Length') !== '0' && ctx.request.is(...all) === false) {
      throw new RefusedError('unsupportedMediaType');
    }
    await parse(ctx, async () => undefined);
    const text = typeof ctx.request.body === 'string' ? ctx.request.body : '';
    ctx.request.rawBody = text;
    ctx.request.body = ctx.request.is(...json) ? jsonOf(text) : ctx.request.is(...form) ? formOf(text) : undefined;
    await next();
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A name that comes more than once has all its values. */
function formOf(text: string): Readonly<Record<string, string | string[]>> {
  const values = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(values.keys())].map((name) => {
      const [first = '', ...more] = values.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}
