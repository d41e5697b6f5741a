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

/** What its named groups matched first; undefined where it matches nowhere. */
export function groupsOf(source: string, text: string): Record<string, string> | undefined {
  const pattern = RE2JS.compile(source);
  const matcher = pattern.matcher(text);
  if (!matcher.find()) return undefined;
  const groups: Record<string, string> = {};
  for (const name of Object.keys(pattern.namedGroups())) {
    const value = matcher.group(name);
    if (value !== null) groups[name] = value;
  }
  return groups;
}
