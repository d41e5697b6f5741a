// `npm run reproject`: open verifications write their projections anew.
import { runCommand } from './connect.ts';
import { reprojectOpen } from './reproject.ts';

await runCommand(
  async ({ temporal }) => `${await reprojectOpen(temporal)} open verifications write their projections anew`,
);
