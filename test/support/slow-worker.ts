// A worker whose database is slow by chance, now and then longer than a local activity may take.
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../store/database.ts';
import { intercept } from './intercept.ts';
import { runWorker } from './own-worker.ts';

const HICCUP_MS = 2_200;
const HICCUPS = 0.15;

async function slowly(_: unknown, run: () => Promise<unknown>): Promise<unknown> {
  await delay(Math.random() < HICCUPS ? HICCUP_MS : Math.random() * 60);
  return await run();
}

await runWorker({
  database: (database: Database): Database => ({
    ...database,
    accounts: intercept(database.accounts, 'updateOne', slowly),
    verifications: intercept(database.verifications, 'updateOne', slowly),
  }),
});
