// Reads what carriers send: JSON of any shape, forms, XML and text, at most 64 kB. What it means is for the type of carrier to say.
import { parse } from 'node:querystring';
import { bodyParser } from '@koa/bodyparser';
import type { Middleware } from 'koa';
import { RefusedError } from '../../domain/errors.ts';
import { bodyProblem, LIMIT, mediaTypes } from './body.ts';

const json = mediaTypes.json;
const form = mediaTypes.form;
const all = Object.values(mediaTypes).flat();
/** Of the fields of a form. One pass over them; a name that comes more than once has all its values. */
const ALL = { maxKeys: 0 };

/** Leaves the text in `ctx.request.rawBody`, and in `ctx.request.body` a JSON value or a form as an object; undefined for the rest. */
export function carrierBody(): Middleware {
  const read = bodyParser({
    enableTypes: ['text'],
    extendTypes: { text: all },
    textLimit: LIMIT,
    onError: bodyProblem,
  });
  return async function readCarrierBody(ctx, next) {
    if (ctx.get('Content-Length') !== '0' && ctx.request.is(...all) === false) {
      throw new RefusedError('unsupportedMediaType');
    }
    await read(ctx, async () => undefined);
    const text = typeof ctx.request.body === 'string' ? ctx.request.body : '';
    ctx.request.rawBody = text;
    ctx.request.body = ctx.request.is(...json)
      ? jsonOf(text)
      : ctx.request.is(...form)
        ? parse(text, '&', '=', ALL)
        : undefined;
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
