// `npm run ledger:audit`: proves the ledger now, and ends with 1 when it differs.
import { differenceLine } from '../domain/audit-sentence.ts';
import { auditLedger } from '../store/ledger-audit.ts';
import { actorOf, readArguments } from './arguments.ts';
import { runCommand } from './connect.ts';
import { verificationRuns } from './verification-runs.ts';

const USAGE = `Usage: npm run ledger:audit -- [--abandoned-after <minutes>] [--as <name>]
Open reservations that old, 10 minutes unless told, whose verification has no workflow any more are settled.`;

await runCommand(async ({ database, temporal }) => {
  const read = readArguments(process.argv.slice(2), { 'abandoned-after': 'value', as: 'value' });
  const minutes = Number(read?.flags['abandoned-after'] ?? 10);
  if (!read || read.words.length > 0 || !(minutes >= 0)) throw new Error(USAGE);
  const { sentence, differences, differenceCount } = await auditLedger(database, {
    runs: verificationRuns(temporal),
    actor: actorOf(read.flags, process.env),
    abandonedAfterMs: minutes * 60_000,
  });
  if (differenceCount > 0) process.exitCode = 1;
  const more = differenceCount - differences.length;
  return [sentence, ...differences.map(differenceLine), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
});
