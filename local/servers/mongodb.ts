// Starts a MongoDB, real or embedded, or points to the one the environment names.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { javaBinary, obtainEmbeddedMongo } from './java.ts';
import { findMongod } from './mongodb-binary.ts';
import { type Report, reportToTerminal } from './report.ts';
import { type ProcessRequest, type RunningProcess, startProcess, waitUntilReady } from './server-process.ts';

export interface MongoOptions {
  /** Folder that keeps the data. */
  dataDir: string;
  port: number;
  logFile: string;
  report?: Report;
}

export interface MongoServer {
  url: string;
  /** Undefined when the environment named a server: nothing was started. */
  process: RunningProcess | undefined;
  pid: number | undefined;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
// Compacting at the end is bounded to some seconds in the Java source.
const GRACE_MS = 15_000;

/** Starts a database on 127.0.0.1 and waits until it answers; with MONGODB_URL set starts nothing. */
export async function startMongo(options: MongoOptions): Promise<MongoServer> {
  const given = process.env.MONGODB_URL;
  if (given) {
    if (!(await answers(given).catch(() => false))) {
      throw new Error('No MongoDB answers at MONGODB_URL: correct it, or unset it to have one started here');
    }
    return { url: given, process: undefined, pid: undefined, stop: async () => {} };
  }
  const { command, args } = await chooseServer(options);
  const request = { name: 'MongoDB', command, args, logFile: options.logFile, graceMs: GRACE_MS };
  const running = await startProcess(request);
  // Retryable writes need a replica set, which a single local server is not.
  const url = `mongodb://127.0.0.1:${options.port}/?retryWrites=false`;
  await waitUntilReady(running, options.logFile, READY_WITHIN_MS, () => answers(url));
  return { url, process: running, pid: running.pid, stop: running.stop };
}

// Data of one kind cannot be read by the other: a folder keeps the kind it began with.
async function chooseServer(options: MongoOptions): Promise<Pick<ProcessRequest, 'command' | 'args'>> {
  const report = options.report ?? reportToTerminal;
  const file = join(options.dataDir, 'embedded.mv');
  const folder = join(options.dataDir, 'mongod');
  mkdirSync(options.dataDir, { recursive: true });
  const mongod = existsSync(file) ? undefined : await findMongod(report);
  if (mongod !== undefined) {
    mkdirSync(folder, { recursive: true });
    return { command: mongod, args: ['--dbpath', folder, '--port', String(options.port), '--bind_ip', '127.0.0.1'] };
  }
  if (existsSync(folder)) {
    throw new Error(
      `${folder} belongs to a real mongod, and none was found: put it on the PATH or use another DATA_DIR`,
    );
  }
  const classPath = await obtainEmbeddedMongo(report);
  const heap = ['-Xmx768m', '-XX:+UseSerialGC', '-Dslf4j.internal.verbosity=ERROR'];
  return { command: javaBinary(), args: [...heap, '-cp', classPath, 'EmbeddedMongo', file, String(options.port)] };
}

async function answers(url: string): Promise<boolean> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 1_000 });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } finally {
    await client.close();
  }
}
