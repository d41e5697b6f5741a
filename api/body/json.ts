// Reads JSON as JavaScript does, and keeps two things that it loses: names given twice, and how numbers were written.

/** What a field holds that came more than once: no schema takes it, whatever it is for. */
export const GIVEN_TWICE: unique symbol = Symbol('given twice');

/** A string, a number or another word, or a bracket, of well-formed JSON. Commas and colons say no more than the order does. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]|[^\s"[\]{},:]+/g;

type Container = unknown[] | Record<string, unknown>;

/** Numbers that JavaScript writes in another way than their sender did, by the object they are members of. */
const written = new WeakMap<object, Map<string, string>>();

/** The digits of a member that is a number, as they were sent. */
export function numberAsSent(object: object, name: string, value: number): string {
  return written.get(object)?.get(name) ?? String(value);
}

/** `JSON.parse`, but that a member given twice is GIVEN_TWICE. No depth can overflow it. @throws SyntaxError */
export function parseJson(text: string): unknown {
  const whole: unknown = JSON.parse(text);
  if (typeof whole !== 'object' || whole === null) return whole;
  const open: { readonly container: Container; name?: string | undefined }[] = [];
  let done: unknown;
  const add = (value: unknown, source?: string) => {
    const frame = open.at(-1);
    if (!frame) done = value;
    else if (Array.isArray(frame.container)) frame.container.push(value);
    else if (frame.name !== undefined) {
      setMember(frame.container, frame.name, value, source);
      frame.name = undefined;
    }
  };
  for (const [token] of text.matchAll(TOKEN)) {
    const frame = open.at(-1);
    if (token === '{') open.push({ container: {} });
    else if (token === '[') open.push({ container: [] });
    else if (token === '}' || token === ']') add(open.pop()?.container);
    else if (frame && !Array.isArray(frame.container) && frame.name === undefined) frame.name = JSON.parse(token);
    else add(JSON.parse(token), token);
  }
  return done;
}

function setMember(object: Record<string, unknown>, name: string, sent: unknown, source: string | undefined): void {
  const value = Object.hasOwn(object, name) ? GIVEN_TWICE : sent;
  // Defined, since `__proto__` is a name like any other.
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  if (typeof value !== 'number' || String(value) === source || source === undefined) return;
  written.set(object, (written.get(object) ?? new Map<string, string>()).set(name, source));
}
