// Regular expressions of operators, by RE2: time grows with the text alone, whatever is written in them.
import { RE2JS, RE2JSException } from 're2js';

/** What is wrong with it, as a sentence; undefined where nothing is. */
export function patternProblem(source: string): string | undefined {
  try {
    RE2JS.compile(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return 'is no regular expression of RE2, which has neither look-around nor back-references';
  }
}

/** Whether it matches anywhere in the text. */
export function matches(source: string, text: string): boolean {
  return RE2JS.compile(source).matcher(text).find();
}

/** What its groups matched first, by their names and by their numbers from 1; undefined where it matches nowhere. */
export function groupsOf(source: string, text: string): Record<string, string> | undefined {
  const pattern = RE2JS.compile(source);
  const matcher = pattern.matcher(text);
  if (!matcher.find()) return undefined;
  const numbers = Array.from({ length: matcher.groupCount() }, (_, index) => index + 1);
  const numbered = numbers.map((number) => [String(number), matcher.group(number)] as const);
  const named = Object.keys(pattern.namedGroups()).map((name) => [name, matcher.group(name)] as const);
  return Object.fromEntries([...numbered, ...named].filter((group): group is [string, string] => group[1] !== null));
}
