// The message template: `@@name` placeholders, `@@pin` the place of the code (CONTRACT "Placeholders").

/** A piece of a rendered message: text as it is, or a place for the code. Never a string to be scanned again. */
export type Segment = { readonly text: string } | { readonly code: true };

export const PIN = 'pin';
const placeholder = /@@([A-Za-z0-9_]+)/g;

/** True when the template holds `@@pin` as a whole name: `@@pincode` does not count, `@@pin请勿` does. */
export function hasPin(template: string): boolean {
  return placeholders(template).includes(PIN);
}

/** The names of all placeholders, in their order. */
export function placeholders(template: string): string[] {
  return Array.from(template.matchAll(placeholder), ([, name = '']) => name);
}

/**
 * Cuts a template into segments. Values are inserted once and never scanned; a placeholder with no value of its own stays
 * as it is.
 */
export function renderSegments(template: string, args: Readonly<Record<string, string>>): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  const text = (piece: string) => {
    if (piece !== '') segments.push({ text: piece });
  };
  for (const match of template.matchAll(placeholder)) {
    const name = match[1] ?? '';
    text(template.slice(from, match.index));
    if (name === PIN) segments.push({ code: true });
    else text(Object.hasOwn(args, name) ? (args[name] ?? '') : match[0]);
    from = match.index + match[0].length;
  }
  text(template.slice(from));
  return segments;
}

/** The full text with the code in its places. */
export function fillCode(segments: readonly Segment[], code: string): string {
  return segments.map((segment) => ('text' in segment ? segment.text : code)).join('');
}
