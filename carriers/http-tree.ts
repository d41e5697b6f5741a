// An answer or a receipt as a tree to look into, whatever it is written in; undefined where it is not well written.
import { groupsOf } from './http-pattern.ts';
import { readXml } from './http-xml.ts';

export type Format = 'json' | 'xml' | 'form' | 'text';

/** @param pattern of a text: its named groups are the tree */
export function readTree(format: Format, text: string, pattern?: string): unknown {
  switch (format) {
    case 'json':
      return readJson(text);
    case 'xml':
      return readXml(text);
    case 'form':
      return readForm(text);
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

function readForm(text: string): unknown {
  const tree: Record<string, unknown> = Object.create(null);
  const fields = new URLSearchParams(text.trim());
  for (const name of new Set(fields.keys())) {
    const values = fields.getAll(name);
    tree[name] = values.length === 1 ? values[0] : values;
  }
  return tree;
}
