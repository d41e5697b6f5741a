// `npm run events`: what the operator may want to know of the last days.
import { eventsSince } from '../store/events.ts';
import { readArguments } from './arguments.ts';
import { runCommand } from './connect.ts';
import { tellEvents } from './events.ts';

const USAGE = `Usage: npm run events -- [--days <number>]
Balances that fell below their mark, sends without a known outcome, verifications that lost their workflow, carriers
out of order or without a connection; of 7 days unless told.`;

const DAY_MS = 86_400_000;

await runCommand(async ({ database }) => {
  const read = readArguments(process.argv.slice(2), { days: 'value' });
  const days = Number(read?.flags.days ?? 7);
  if (!read || read.words.length > 0 || !(days > 0)) throw new Error(USAGE);
  const told = await tellEvents(database, await eventsSince(database, new Date(Date.now() - days * DAY_MS)));
  const lines = told.map(({ event: { at, accountId }, sentence }) =>
    [at.toISOString(), ...(accountId === undefined ? [] : [`${accountId}:`]), sentence].join(' '),
  );
  return lines.length > 0 ? lines.join('\n') : `Nothing in ${days} days`;
});
