// An answer or a receipt as a tree to look into, whatever it is written in; undefined where it is not well written.
import { parse } from 'node:querystring';
import { groupsOf } from './pattern.ts';
import { readXml } from './xml.ts';

export type Format = 'json' | 'xml' | 'form' | 'text';

/**
 * Read as its format says, whatever it was labelled; what is blank around it counts for nothing, nor does a byte order mark.
 * @param pattern of a text: its groups are the tree
 */
export function readTree(format: Format, given: string, pattern?: string): unknown {
  const text = given.trim();
  switch (format) {
    case 'json':
      return readJson(text);
    case 'xml':
      return readXml(text);
    case 'form':
      // One pass, however many names there are; one that comes more than once has all its values.
      return parse(text, '&', '=', { maxKeys: 0 });
    case 'text':
      return pattern === undefined ? undefined : groupsOf(pattern, text);
  }
}

/** A string or a number, whole, so that digits within strings are left alone. Of well-formed JSON alone: there every string ends. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Integers too long for a JavaScript number become texts: ids of gateways are often such. */
function readJson(text: string): unknown {
  try {
    const tree: unknown = JSON.parse(text);
    if (!/\d{16}/.test(text)) return tree;
    return JSON.parse(text.replace(TOKEN, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)));
  } catch {
    return undefined;
  }
}
