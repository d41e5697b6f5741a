// Starts a worker that freezes at an exact point of a verification, and waits until it has.
import { eventually } from './eventually.ts';
import type { TestProcess } from './process.ts';
import type { Stack } from './stack.ts';

export type FreezePoint =
  | 'before asking for work'
  | 'before reserving'
  | 'after reserving'
  | 'before reserving a second send'
  | 'after reserving a second send'
  | 'after opening'
  | 'after refusing'
  | 'after projecting a resend'
  | 'before the carrier accepts'
  | 'after the carrier accepted'
  | 'after remembering an acceptance'
  | `after projecting ${'Expired' | 'Failed' | 'Cancelled' | 'Verified'}`;

export const FROZEN_LINE = 'frozen as asked';
export const WOKEN_LINE = 'woken, and the write is done';

export interface FreezingWorker extends TestProcess {
  /** Resolves once the process stands still at the point. */
  frozen(): Promise<void>;
  /** Resolves once, after waking, the write it slept over has been tried. */
  woken(): Promise<void>;
}

export async function startFreezingWorker(stack: Stack, point: FreezePoint): Promise<FreezingWorker> {
  const worker = await stack.startWorker({ FREEZE_AT: point }, 'test/support/freezing-worker.ts');
  const prints = async (line: string) => {
    await eventually(`the worker told to freeze ${point}: ${line}`, async () => worker.output().includes(line));
  };
  return { ...worker, frozen: () => prints(FROZEN_LINE), woken: () => prints(WOKEN_LINE) };
}
