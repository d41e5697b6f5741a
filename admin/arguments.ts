// Words and flags of a command line. A negative amount is a word, which ready-made readers take for a flag.
import { userInfo } from 'node:os';

export interface Arguments {
  readonly words: readonly string[];
  /** By name; an empty text for a flag without a value. */
  readonly flags: Readonly<Record<string, string>>;
}

/** Reads `--name value` for names that take one and `--name` for those that do not; undefined when there is anything else. */
export function readArguments(
  given: readonly string[],
  known: Readonly<Record<string, 'value' | 'alone'>> = {},
): Arguments | undefined {
  const words: string[] = [];
  const flags: Record<string, string> = {};
  const left = [...given];
  for (let each = left.shift(); each !== undefined; each = left.shift()) {
    if (!each.startsWith('--')) {
      words.push(each);
      continue;
    }
    const name = each.slice(2);
    const takes = Object.hasOwn(known, name) ? known[name] : undefined;
    const value = takes === 'value' ? left.shift() : '';
    if (takes === undefined || value === undefined || value.startsWith('--') || name in flags) return undefined;
    flags[name] = value;
  }
  return { words, flags };
}

/** Who acts: `--as <name>`, else the user who is logged in, by USER or, as in containers without it, by the system. */
export function actorOf(flags: Arguments['flags'], env: NodeJS.ProcessEnv, systemUser = nameFromSystem): string {
  const name = flags.as || env.USER || systemUser();
  if (!name) throw new Error('Say who you are, for the audit trail: --as <name>');
  return name;
}

/** Undefined for a user id without a name, as containers may have. */
function nameFromSystem(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
