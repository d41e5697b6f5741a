// A worker that stops its own process (SIGSTOP) once, at the point FREEZE_AT names, for a test to kill it or wake it there.
import { writeSync } from 'node:fs';
import type { LedgerRow } from '../../domain/ledger.ts';
import type { Database } from '../../store/database.ts';
import { FROZEN_LINE, type FreezePoint, WOKEN_LINE } from './freezing.ts';
import { intercept } from './intercept.ts';
import { runWorker } from './own-worker.ts';

let armed = true;

/** Freezes when this is the point the test asked for; goes on when it is woken. */
function reach(point: FreezePoint): void {
  if (!armed || process.env.FREEZE_AT !== point) return;
  armed = false;
  writeSync(1, `${FROZEN_LINE}\n`);
  process.kill(process.pid, 'SIGSTOP');
}

/** The ledger rows that a write of an account adds. */
function rowsIn(args: readonly unknown[]): readonly LedgerRow[] {
  const { $set, $push } = args[1] as { $set?: { tail?: LedgerRow[] }; $push?: { tail?: { $each?: LedgerRow[] } } };
  return $push?.tail?.$each ?? $set?.tail ?? [];
}

function freezing(database: Database): Database {
  const written = (args: readonly unknown[]) => (args[1] as { $set?: Record<string, unknown> }).$set ?? {};
  return {
    ...database,
    accounts: intercept(database.accounts, 'updateOne', async (args, run) => {
      const reserves = rowsIn(args).filter(({ kind }) => kind === 'reserve');
      const reserving = reserves.length > 0;
      const second = reserves.some(({ _id }) => _id.endsWith(':2'));
      if (reserving) reach('before reserving');
      if (second) reach('before reserving a second send');
      const result = await run();
      if (second) reach('after reserving a second send');
      if (reserving && !armed) writeSync(1, `${WOKEN_LINE}\n`);
      if (reserving) reach('after reserving');
      return result;
    }),
    carrierMessages: intercept(database.carrierMessages, 'insertOne', async (args, run) => {
      const result = await run();
      if ((args[0] as { acceptance?: unknown }).acceptance) reach('after remembering an acceptance');
      return result;
    }),
    verifications: intercept(
      intercept(database.verifications, 'insertOne', async (_, run) => {
        const result = await run();
        reach('after opening');
        return result;
      }),
      'updateOne',
      async (args, run) => {
        const result = await run();
        if (written(args).outcome === 'refused') reach('after refusing');
        if (written(args).resends === 1) reach('after projecting a resend');
        reach(`after projecting ${written(args).status}` as FreezePoint);
        return result;
      },
    ),
  };
}

await runWorker({
  database: freezing,
  sandboxOutbox: (outbox) =>
    intercept(outbox, 'keep', async (_, run) => {
      reach('before the carrier accepts');
      const result = await run();
      reach('after the carrier accepted');
      return result;
    }),
  ready: () => reach('before asking for work'),
});
