// Keeps one child process running: when it dies it is reported by name and started again.
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from '../servers/log-file.ts';
import type { Report } from '../servers/report.ts';
import type { RunningProcess } from '../servers/server-process.ts';

export interface Kept {
  /** Starts it and waits until it is ready; throws when that fails at the first time. */
  start(): Promise<void>;
  /** Stops it for good. */
  stop(): Promise<void>;
}

export interface KeepAliveOptions {
  name: string;
  logFile: string;
  /** Starts the process and waits until it is ready; undefined when there is nothing of ours to run. */
  launch: () => Promise<RunningProcess | undefined>;
  report: Report;
  onRunning?: (process: RunningProcess) => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const HEALTHY_AFTER_MS = 60_000;
// Stopping does not wait longer for a start under way; the watchdog stops what comes out of it.
const WAIT_FOR_START_MS = 2_000;

/** A process that is started again, after growing pauses, for as long as it is not stopped. */
export function keepAlive(options: KeepAliveOptions): Kept {
  const { name, report } = options;
  const stopped = new AbortController();
  let running: RunningProcess | undefined;
  let starting: Promise<unknown> = Promise.resolve();
  let pause = FIRST_PAUSE_MS;

  const launch = async () => {
    running = await options.launch();
    if (running === undefined) return;
    if (stopped.signal.aborted) return running.stop();
    options.onRunning?.(running);
    void guard(running, Date.now());
  };

  const guard = async (process: RunningProcess, since: number) => {
    const how = await process.exited;
    if (stopped.signal.aborted) return;
    if (Date.now() - since > HEALTHY_AFTER_MS) pause = FIRST_PAUSE_MS;
    report(`${name} ended (${how}). The end of ${options.logFile}:\n${indented(lastLines(options.logFile, 8))}`);
    await startAgain();
  };

  const startAgain = async () => {
    while (!stopped.signal.aborted) {
      report(`${name} is started again in ${pause / 1000} s`);
      await sleep(pause, undefined, { signal: stopped.signal }).catch(() => {});
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      if (stopped.signal.aborted) return;
      starting = launch();
      const failure = await starting.then(
        () => undefined,
        (error: Error) => error,
      );
      if (failure === undefined) return report(`${name} is back`);
      if (!stopped.signal.aborted) report(failure.message);
    }
  };

  return {
    start: () => {
      const first = launch();
      starting = first;
      return first;
    },
    stop: async () => {
      stopped.abort();
      await Promise.race([starting.catch(() => {}), sleep(WAIT_FOR_START_MS, undefined, { ref: false })]);
      await running?.stop();
    },
  };
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}
