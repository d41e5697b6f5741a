// Waits that end at an instant, named so that support reads in Temporal's web UI what is waited for.
import { CancellationScope, condition, sleep } from '@temporalio/workflow';

/** Resolves once `met` holds, or after `ms`. */
export async function conditionWithin(ms: number, summary: string, met: () => boolean): Promise<void> {
  if (ms <= 0 || met()) return;
  const timer = new CancellationScope();
  try {
    await Promise.race([condition(met), timer.run(() => sleep(ms, { summary }))]);
  } finally {
    timer.cancel();
  }
}
