// XML as a tree: elements by their names without prefix, attributes as `@name`, text beside attributes as `#text`, several as a list.
import sax from 'sax';

type Element = Record<string, unknown>;

const DEEPEST = 50;
/** Names are what they are, `__proto__` too. */
const element = (): Element => Object.create(null);

/** Undefined for what is not well-formed, and for a document type: nobody's entities are expanded. */
export function readXml(text: string): unknown {
  const root = element();
  const open: { readonly name: string; readonly inside: Element; text: string }[] = [
    { name: '', inside: root, text: '' },
  ];
  const parser = sax.parser(true, { position: false });
  const innermost = () => open[open.length - 1];
  parser.onerror = (error) => {
    throw error;
  };
  parser.ondoctype = () => {
    throw new Error('a document type');
  };
  parser.onopentag = ({ name, attributes }) => {
    if (open.length > DEEPEST) throw new Error('too deep');
    const inside = element();
    for (const [key, value] of Object.entries(attributes)) {
      if (!/^xmlns(:|$)/.test(key)) inside[`@${local(key)}`] = value;
    }
    open.push({ name: local(name), inside, text: '' });
  };
  const take = (part: string) => {
    const current = innermost();
    if (current) current.text += part;
  };
  parser.ontext = take;
  parser.oncdata = take;
  parser.onclosetag = () => {
    const closed = open.pop();
    const outer = innermost();
    if (closed && outer) add(outer.inside, closed.name, contentOf(closed.inside, closed.text));
  };
  try {
    parser.write(text.trim()).close();
    return Object.keys(root).length === 0 ? undefined : root;
  } catch {
    return undefined;
  }
}

function contentOf(inside: Element, text: string): unknown {
  if (Object.keys(inside).length === 0) return text;
  if (text.trim() !== '') inside['#text'] = text;
  return inside;
}

function add(outer: Element, name: string, value: unknown): void {
  const before = outer[name];
  if (before === undefined) outer[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else outer[name] = [before, value];
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);
