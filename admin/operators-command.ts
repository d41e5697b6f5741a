// `npm run operators -- ...`: the first operator of the management API, and any other, from the command line.
import { readInstant } from '../domain/instant.ts';
import { isScope, operatorState, scopes } from '../domain/operator.ts';
import type { OperatorDocument } from '../store/operator-documents.ts';
import { listOperators } from '../store/operators.ts';
import { actorOf, readArguments } from './arguments.ts';
import { runCommand } from './connect.ts';
import { createOperator, revokeOperator } from './operators.ts';

const USAGE = `Usage:
  npm run operators -- create <name> --scopes <all|scope,scope,...> [--expires <ISO 8601 time>]
  npm run operators -- list
  npm run operators -- revoke <operatorId>
Scopes: ${scopes.join(' ')}
--as <name> says who acts; without it the user who is logged in.`;

const LISTED = 1_000;

await runCommand(async ({ database, ring }) => {
  const read = readArguments(process.argv.slice(2), { scopes: 'value', expires: 'value', as: 'value' });
  const [command, what, ...more] = read?.words ?? [];
  if (!read || more.length > 0) throw new Error(USAGE);
  if (command === 'list' && what === undefined) {
    const { rows } = await listOperators(database, { page: 0, size: LISTED });
    return rows.length === 0 ? 'There is no operator yet' : rows.map(line).join('\n');
  }
  if (what === undefined) throw new Error(USAGE);
  const operator = { database, actor: actorOf(read.flags, process.env) };
  if (command === 'revoke') return line(await revokeOperator(operator, { scopes }, what));
  if (command !== 'create') throw new Error(USAGE);
  const asked = { name: what, scopes: scopesOf(read.flags.scopes), expiresAt: instantOf(read.flags.expires) };
  // Whoever holds the keys and the database may hand on everything.
  const { created, token } = await createOperator(operator, { scopes }, ring, asked);
  return `${line(created)}\nThe token, shown this once: ${token}`;
});

function line(operator: OperatorDocument): string {
  const { _id, name, scopes: may, expiresAt } = operator;
  const until = expiresAt ? ` until ${expiresAt.toISOString()}` : '';
  return `${_id} ${name}: ${operatorState(operator, Date.now())}${until}; ${may.join(' ')}`;
}

function scopesOf(text = '') {
  const asked = text === 'all' ? [...scopes] : text.split(',');
  if (!asked.every(isScope)) throw new Error(USAGE);
  return asked;
}

function instantOf(text: string | undefined): Date | undefined {
  const read = text === undefined ? undefined : readInstant(text);
  if (typeof read === 'string') throw new Error(`--expires ${read}`);
  return read;
}
