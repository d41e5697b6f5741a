// Rules of operators, read from the first to the last: what an answer or a receipt means when a status or a value in it is such.
import { findAll, textOf } from './path.ts';
import { matches } from './pattern.ts';
import type { Condition } from './rule-settings.ts';

/** What rules look at; `status` is absent where there is none, as in receipts. */
export interface Judged {
  readonly status?: number;
  readonly text: string;
  readonly tree: unknown;
}

/** The first rule whose conditions all hold. */
export function firstRule<T extends Condition>(rules: readonly T[], judged: Judged): T | undefined {
  return rules.find((rule) => holds(rule, judged));
}

function holds({ status, path, equals, matches: pattern, exists }: Condition, judged: Judged): boolean {
  if (status !== undefined && !listOf(status).some((each) => isStatus(each, judged.status))) return false;
  const values = path === undefined ? [judged.text.trim()] : findAll(judged.tree, path);
  if (exists !== undefined && values.length > 0 !== exists) return false;
  const texts = values.flatMap((value) => textOf(value) ?? []);
  if (equals !== undefined) {
    const wanted = listOf(equals).map(String);
    if (!texts.some((text) => wanted.includes(text))) return false;
  }
  return pattern === undefined || texts.some((text) => matches(pattern, text));
}

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** A status as it is, or all of a hundred: `4xx`. */
function isStatus(wanted: number | string, status: number | undefined): boolean {
  return status !== undefined && (typeof wanted === 'number' ? wanted === status : wanted[0] === String(status)[0]);
}
