// Paths into answers and receipts, `messages[0].status.name`: names and indexes alone, so that looking costs next to nothing.

/** A name, an index, or every item. */
type Step = { readonly name: string } | { readonly index: number } | 'each';

const STEP = /\.?([\p{L}\p{N}_@#$:-]+)|\.?\["((?:[^"\\]|\\.)*)"\]|\[(\d{1,4})\]|\[(\*)\]/uy;
const MOST_STEPS = 20;

/** The steps of a path; undefined for what is none. `$` or `$.` may stand before it, as in JSONPath. */
export function readPath(path: string): readonly Step[] | undefined {
  const text = path.replace(/^\$(?=$|[.[])/, '');
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  for (let at = 0; at < text.length; at = STEP.lastIndex) {
    const found = STEP.exec(text);
    if (!found || steps.length === MOST_STEPS) return undefined;
    const [whole, name, quoted, index] = found;
    // A name needs its dot, but for the first.
    if (name !== undefined && at > 0 && !whole.startsWith('.')) return undefined;
    if (name !== undefined) steps.push({ name });
    else if (quoted !== undefined) steps.push({ name: quoted.replace(/\\(.)/g, '$1') });
    else steps.push(index === undefined ? 'each' : { index: Number(index) });
  }
  return steps;
}

/**
 * What stands at a path; of a list its items. A name goes through lists to their items, too, and what is no list counts as one of a
 * single item: XML does not tell one from many.
 */
export function findAll(tree: unknown, path: string): unknown[] {
  let found: unknown[] = tree === undefined ? [] : [tree];
  for (const step of readPath(path) ?? []) {
    if (step === 'each') found = found.flatMap(items);
    else if ('index' in step) found = found.flatMap((value) => items(value).slice(step.index, step.index + 1));
    else found = found.flatMap(items).flatMap((value) => member(value, step.name));
  }
  return found.flatMap(items).filter((value) => value !== undefined && value !== null);
}

/** The first plain value at one of the paths, as text; undefined where there is none, or an empty one. */
export function findText(tree: unknown, paths: string | readonly string[] = []): string | undefined {
  return [paths]
    .flat()
    .flatMap((path) => findAll(tree, path).map(textOf))
    .find((text) => text !== undefined && text !== '');
}

/** A plain value as text; undefined for an object or a list. Of an XML element with attributes, its own text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const [own] = member(value, '#text');
  return typeof own === 'string' ? own.trim() : undefined;
}

const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function member(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return [(value as Record<string, unknown>)[name]];
}
