// `npm run funds -- ...`: top-ups, adjustments, credit limits and balances from the command line.
import type { LedgerRow } from '../domain/ledger.ts';
import { microsToUnits, unitsToMicros } from '../domain/money.ts';
import { actorOf, readArguments } from './arguments.ts';
import { runCommand } from './connect.ts';
import { adjust, changeCreditLimit, changeLowBalance, limitText, markText, readFunds, topUp } from './funds.ts';

const USAGE = `Usage:
  npm run funds -- show <account>
  npm run funds -- top-up <account> <amount> <reference>
  npm run funds -- adjust <account> <signed amount> <reference> [--tracking-id <id>]
  npm run funds -- credit-limit <account> <amount|unlimited>
  npm run funds -- low-balance <account> <amount|none>
Amounts are in the account's currency, such as 12.50. A reference, up to 100 characters, makes a repeat harmless.
--as <name> says who acts; without it the user who is logged in.`;

await runCommand(async ({ database }) => {
  const read = readArguments(process.argv.slice(2), { as: 'value', 'tracking-id': 'value' });
  const [command, accountId, given, reference, ...more] = read?.words ?? [];
  if (!read || accountId === undefined || more.length > 0) throw new Error(USAGE);
  if (command === 'show' && given === undefined) return await balance();
  const operator = { database, actor: actorOf(read.flags, process.env) };
  const trackingId = read.flags['tracking-id'];
  if (given === undefined || (trackingId !== undefined && command !== 'adjust')) throw new Error(USAGE);
  switch (command) {
    case 'top-up':
      return moved(await topUp(operator, accountId, amount(given), needed(reference)));
    case 'adjust':
      return moved(await adjust(operator, accountId, amount(given), needed(reference), trackingId));
    case 'credit-limit':
      await changeCreditLimit(operator, accountId, given === 'unlimited' ? null : amount(given));
      return await balance();
    case 'low-balance':
      await changeLowBalance(operator, accountId, given === 'none' ? null : amount(given));
      return await balance();
    default:
      throw new Error(USAGE);
  }

  async function balance() {
    const { available, currency, creditLimit, lowBalance = null } = await readFunds(database, accountId ?? '');
    const marks = `credit limit ${limitText(creditLimit)}, low-balance mark ${markText(lowBalance)}`;
    return `Account ${accountId}: ${microsToUnits(available)} ${currency} available; ${marks}`;
  }
});

function moved({ kind, amount: sum, reference, before, after, at, lowBalance }: LedgerRow): string {
  const what = kind === 'topUp' ? 'Top-up' : 'Adjustment';
  const balances = `${microsToUnits(before)} before, ${microsToUnits(after)} after`;
  const low = lowBalance === undefined ? '' : `; went below the mark of ${microsToUnits(lowBalance)}`;
  return `${what} of ${microsToUnits(sum)} under ${reference}, made ${at.toISOString()}: ${balances}${low}`;
}

function amount(text: string): number {
  try {
    return unitsToMicros(text);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}

function needed(reference: string | undefined): string {
  if (reference === undefined) throw new Error(USAGE);
  return reference;
}
