// `npm run events`: what the operator may want to know of the last days.
import { eventSentence } from '../domain/event.ts';
import { findAccount } from '../store/accounts.ts';
import { eventsSince } from '../store/events.ts';
import { readArguments } from './arguments.ts';
import { runCommand } from './connect.ts';

const USAGE = `Usage: npm run events -- [--days <number>]
Balances that fell below their mark, sends without a known outcome, verifications that lost their workflow; of 7 days unless told.`;

const DAY_MS = 86_400_000;

await runCommand(async ({ database }) => {
  const read = readArguments(process.argv.slice(2), { days: 'value' });
  const days = Number(read?.flags.days ?? 7);
  if (!read || read.words.length > 0 || !(days > 0)) throw new Error(USAGE);
  const currencies = new Map<string, string>();
  const lines: string[] = [];
  for (const event of await eventsSince(database, new Date(Date.now() - days * DAY_MS))) {
    const { accountId, at } = event;
    const currency = currencies.get(accountId) ?? (await findAccount(database, accountId))?.currency ?? '';
    currencies.set(accountId, currency);
    lines.push(`${at.toISOString()} ${accountId}: ${eventSentence(event, currency)}`);
  }
  return lines.length > 0 ? lines.join('\n') : `Nothing in ${days} days`;
});
