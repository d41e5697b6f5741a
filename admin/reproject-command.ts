// `npm run reproject`: open verifications write their projections anew.
import { actorOf, readArguments } from './arguments.ts';
import { runCommand } from './connect.ts';
import { reprojectOpen } from './reproject.ts';

const USAGE = 'Usage: npm run reproject -- [--as <name>]';

await runCommand(async ({ database, temporal }) => {
  const read = readArguments(process.argv.slice(2), { as: 'value' });
  if (!read || read.words.length > 0) throw new Error(USAGE);
  const asked = await reprojectOpen({ database, actor: actorOf(read.flags, process.env) }, temporal);
  return `${asked} open verifications write their projections anew`;
});
