// What must be true of an account whatever happened to those who worked on it.
import { lostAnswer } from './process.ts';
import type { RandomRun } from './random-run.ts';

/** The first law that a finished run breaks, in words; undefined when it keeps them all. */
export function brokenLaw({ memory, tasks, answers, longestTail, sizes }: RandomRun): string | undefined {
  const { account, broken } = memory;
  if (broken) return broken;
  const rows = memory.rows();
  const byId = new Map(rows.map((row) => [row._id, row]));
  if (rows.some(({ seq }, index) => seq !== index + 1)) return `rows are not 1..n: ${rows.map(({ seq }) => seq)}`;
  if (account.seq !== rows.length) return `the account counts ${account.seq} rows, there are ${rows.length}`;
  if (longestTail >= sizes.movedFrom + sizes.atOnce) return `the tail had ${longestTail} rows`;
  let balance = 0;
  for (const { _id, before, after, delta } of rows) {
    if (before !== balance || after !== before + delta) return `the balances around ${_id} do not join`;
    balance = after;
  }
  if (account.available !== balance) return `available is ${account.available}, the rows say ${balance}`;
  for (const { operation, result } of answers) {
    if (typeof result === 'string' || result === lostAnswer) continue;
    if (result instanceof Error) {
      if (result.message !== 'The time for this movement has passed') return `${operation._id} ended with ${result}`;
    } else if (byId.get(operation._id)?.seq !== result.seq) return `${operation._id} was answered, its row is lost`;
  }
  for (const { operation, word } of tasks) {
    const row = byId.get(operation._id);
    const isRefused = word === 'insufficient' || word === 'closed';
    if (isRefused && row?.kind === 'reserve') return `${operation._id} was refused and reserved all the same`;
    if (typeof word === 'object' && !row) return `${operation._id} has no row`;
    if (word === undefined || word === 'noAccount') return `${operation._id} was never answered`;
    if (isRefused && operation.kind !== 'reserve') return `${operation._id} was refused`;
  }
  const wanted = new Set(tasks.map(({ operation }) => operation._id));
  return rows.map(({ _id }) => _id).find((id) => !wanted.has(id));
}
