// One worker of the SDK while it runs, and its ending.
import type { Worker } from '@temporalio/worker';

export interface WorkerRun {
  /** False once it ended, by itself or because it was stopped. */
  running(): boolean;
  /** Resolves once what is under way has ended. */
  stop(): Promise<void>;
}

/** Runs it. @param failed told the error where it ends by itself */
export function runWorker(worker: Worker, failed: (error: unknown) => void): WorkerRun {
  let running = true;
  const ended = worker
    .run()
    .catch(failed)
    .finally(() => {
      running = false;
    });
  return {
    running: () => running,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}
