// Texts with places for values, `{{recipient}}`: filled once, each value escaped for where it stands, none scanned again.

/** By name; one that this message does not have is absent or undefined. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Makes a value safe for its surroundings. */
export type Escape = (value: string) => string;

const PLACE = /\{\{([^{}]*)\}\}/g;
/** `secret.apiKey`; `validForSeconds:number` in JSON alone. */
const NAME = /^([A-Za-z]\w*(?:\.[A-Za-z]\w*)?)(:number)?$/;

/** The names of the values a template has places for. */
export function namesIn(template: string): string[] {
  return [...template.matchAll(PLACE)].flatMap(([, inside = '']) => NAME.exec(inside)?.[1] ?? []);
}

/** The name of the value a template stands for as a number, where it is nothing but that. */
export function numberIn(template: string): string | undefined {
  return /^\{\{([A-Za-z][\w.]*):number\}\}$/.exec(template)?.[1];
}

/** What is wrong with a template, as a sentence that quotes nothing but names; undefined where nothing is. */
export function templateProblem(template: string, isKnown: (name: string) => boolean): string | undefined {
  for (const [, inside = ''] of template.matchAll(PLACE)) {
    const [, name, asNumber] = NAME.exec(inside) ?? [];
    if (name === undefined) return 'has a {{...}} with something else than the name of a value in it';
    if (!isKnown(name)) return `has {{${name}}}, and there is no such value here`;
    if (asNumber && numberIn(template) === undefined)
      return `has {{${name}:number}} beside other text: it must stand alone`;
  }
  return /\{\{|\}\}/.test(template.replace(PLACE, '')) ? 'has a {{ or }} without its other half' : undefined;
}

/** The text with its values as they are; undefined where it has a place for one that is absent. */
export function fill(template: string, values: Values): string | undefined {
  const absent = namesIn(template).some((name) => valueNamed(values, name) === undefined);
  return absent ? undefined : fillAll(template, values, asItIs);
}

/** The text with its values, each escaped, and nothing in the place of one that is absent. */
export function fillAll(template: string, values: Values, escaped: Escape): string {
  return template.replace(PLACE, (_, inside: string) => {
    const value = valueNamed(values, NAME.exec(inside)?.[1] ?? '');
    return value === undefined ? '' : escaped(value);
  });
}

export function valueNamed(values: Values, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** For a path or a query of a URL, and for a form: everything but letters, digits and `-_.!~*'()`. */
export const forUrl: Escape = (value) => encodeURIComponent(wellFormed(value));

/** For text and attributes of XML 1.0, whichever quotes are used; what XML cannot hold at all is replaced. */
export const forXml: Escape = (value) =>
  wellFormed(value)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write these.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"'\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);

/** As it is: for JSON, whose strings are written by its own serialiser, and for plain text. */
export const asItIs: Escape = (value) => value;

/** Half of a surrogate pair has no place in UTF-8. */
function wellFormed(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '\ufffd');
}
