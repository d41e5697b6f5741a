// What is said of a field that is not as it must be, where its schema has no sentence of its own.

/** A problem as zod finds it; of other libraries nothing is known here. */
export interface FoundProblem {
  readonly code?: unknown;
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly values?: unknown;
  readonly format?: unknown;
  readonly keys?: unknown;
  readonly issues?: unknown;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  object: 'must be an object',
  record: 'must be an object',
  array: 'must be a list',
};

/** A sentence that says what to do and quotes no value; undefined leaves the library's own. For `safeParse(..., {error})`. */
export function fieldProblem(found: FoundProblem): string | undefined {
  switch (found.code) {
    case 'invalid_type':
      return found.input === undefined ? 'is missing' : kinds[String(found.expected)];
    case 'too_small':
      if (found.origin === 'string' && found.minimum === 1) return 'must not be empty';
      return bound(found.origin, 'at least', found.minimum);
    case 'too_big':
      return bound(found.origin, 'at most', found.maximum);
    case 'invalid_value':
      return Array.isArray(found.values) ? `must be ${alternatives(found.values)}` : undefined;
    case 'invalid_format':
      return found.format === 'url' ? 'must be a URL' : undefined;
    case 'invalid_key':
      return nameProblem(found.issues);
    case 'unrecognized_keys':
      return Array.isArray(found.keys) ? `has what is unknown: ${found.keys.join(', ')}` : undefined;
    default:
      return undefined;
  }
}

function bound(origin: unknown, side: string, limit: unknown): string {
  if (origin === 'string') return `must have ${side} ${limit} characters`;
  return origin === 'number' || origin === 'int' ? `must be ${side} ${limit}` : `must have ${side} ${limit} of them`;
}

function alternatives(values: readonly unknown[]): string {
  const last = values.at(-1);
  return values.length < 2 ? String(last) : `${values.slice(0, -1).join(', ')} or ${last}`;
}

/** What its own schema says of a name in a record. */
function nameProblem(issues: unknown): string | undefined {
  const [first] = Array.isArray(issues) ? (issues as { message?: unknown }[]) : [];
  return typeof first?.message === 'string' ? `its name ${first.message}` : undefined;
}
