// `npm start`: brings up the whole service on this machine and keeps it up until it is told to stop.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tryLock } from './lock.ts';
import { keepPrivate } from './private-folder.ts';
import { stopLeftovers } from './supervisor/leftovers.ts';
import { say } from './supervisor/phases.ts';
import { describePlaces } from './supervisor/places.ts';
import { chooseSettings } from './supervisor/settings.ts';
import { createStack } from './supervisor/stack.ts';

// npm and the terminal both pass a Ctrl-C on; only one that comes later means "at once".
const SAME_SIGNAL_WITHIN_MS = 2_000;

const dataDir = resolve(process.env.DATA_DIR || '.data');
try {
  keepPrivate(dataDir);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
mkdirSync(join(dataDir, 'logs'), { recursive: true });
const lock = tryLock(join(dataDir, 'running.lock'));
if (!lock.held) {
  console.error(
    `Twostep already runs on ${dataDir} (process ${lock.pid}). Stop that one, or set DATA_DIR to another folder.`,
  );
  process.exit(1);
}

const told = toldToStop();
const leftovers = join(dataDir, 'processes.json');
await stopLeftovers(leftovers, say);
const stack = createStack(await chooseSettings(process.env, dataDir));

const failure = await Promise.race([run(), told]);
if (failure instanceof Error) console.error(`\n${failure.message}\n`);
say('Stopping: API, worker, Temporal, MongoDB');
await stack.stop();
await stopLeftovers(leftovers, say);
lock.release();
say('Stopped');
process.exit(failure instanceof Error ? 1 : 0);

async function run(): Promise<Error | undefined> {
  try {
    const { places, seeded } = await stack.start();
    say('Twostep is up; Ctrl-C stops it\n');
    console.log(describePlaces(dataDir, places, seeded));
  } catch (error) {
    return error as Error;
  }
  return told;
}

function toldToStop(): Promise<undefined> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const onSignal = () => {
      if (first !== undefined && Date.now() - first > SAME_SIGNAL_WITHIN_MS) process.exit(1);
      first ??= Date.now();
      resolve(undefined);
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  });
}
