// Reads forms and queries: one value per name, and what is no UTF-8 never passes for text.
import { isUtf8 } from 'node:buffer';
import { parse } from 'node:querystring';
import type { Context } from 'koa';
import { GIVEN_TWICE } from './json.ts';
import { octetsOf } from './octets.ts';

/** Stands for bytes that are no UTF-8. Every text field refuses it, since it is half a character. */
const NO_TEXT = '\ud800';
/** One pass over them, however many names there are. */
const ALL = { maxKeys: 0, decodeURIComponent: decoded };

/** A name that comes more than once, or as `name[]`, `name[x]` or `name.x`, is GIVEN_TWICE. */
export function parseForm(text: string): Record<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of Object.entries(parse(text, '&', '=', ALL))) {
    const [whole = '', base = ''] = /^([^[.]*)[[.]?/.exec(name) ?? [];
    const nested = whole !== base && base !== '';
    const key = nested ? base : name;
    fields.set(key, nested || fields.has(key) || typeof value !== 'string' ? GIVEN_TWICE : value);
  }
  return Object.fromEntries(fields);
}

/** What stands behind the question mark. */
export function queryOf(ctx: Context): Record<string, unknown> {
  return parseForm(ctx.querystring);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins no byte is a percent sign; what is left is UTF-8 or nothing.
    const bytes = octetsOf(Buffer.from(text).toString('latin1'));
    return isUtf8(bytes) ? bytes.toString() : NO_TEXT;
  }
}
