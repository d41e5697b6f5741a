// The local stack as a whole: what runs, in which order it starts, and in which order it stops.
import { join } from 'node:path';
import { bound } from '../servers/log-file.ts';
import { startMongo } from '../servers/mongodb.ts';
import { startTemporal } from '../servers/temporal.ts';
import { type Kept, keepAlive } from './keep-alive.ts';
import { remember } from './leftovers.ts';
import { say } from './phases.ts';
import { knownCredentials, type Places, publishPlaces, withdrawPlaces, writePlaces } from './places.ts';
import { type Seeded, seed, startApi, startWorker } from './programs.ts';
import { childEnvironment, logFile, type ServerAddresses, type Settings } from './settings.ts';

const MAX_LOG_BYTES = 20 << 20;
const LOOK_AT_LOGS_EVERY_MS = 30_000;

export interface Stack {
  start(): Promise<{ places: Places; seeded: Seeded }>;
  /** API, worker, then the servers they need; nothing is left running. */
  stop(): Promise<void>;
}

/** A stack with these settings, not yet started. */
export function createStack(settings: Settings): Stack {
  const { dataDir, ports, namespace } = settings;
  const log = (name: string) => logFile(dataDir, name);
  const running = join(dataDir, 'processes.json');
  const servers: Partial<ServerAddresses> = {};
  const kept: Kept[] = [];
  const logKeeper = setInterval(() => {
    for (const name of ['temporal', 'mongodb', 'worker', 'api', 'seed']) bound(log(name), MAX_LOG_BYTES);
  }, LOOK_AT_LOGS_EVERY_MS).unref();

  const keep = async (name: string, file: string, launch: Parameters<typeof keepAlive>[0]['launch']) => {
    const one = keepAlive({
      name,
      logFile: log(file),
      launch,
      report: say,
      onRunning: (child) => remember(running, name, child.pid),
    });
    kept.push(one);
    await one.start();
    say(`${name} is ready`);
  };

  const launchTemporal = async () => {
    const codecEndpoint = `http://127.0.0.1:${ports.codec}`;
    const place = { port: ports.temporal, uiPort: ports.temporalUi, dataDir: join(dataDir, 'temporal') };
    const server = await startTemporal({ ...place, codecEndpoint, logFile: log('temporal'), report: say });
    servers.temporalAddress = server.address;
    servers.temporalUi = server.uiUrl && `${server.uiUrl}/namespaces/${namespace}/workflows`;
    return server.process;
  };

  const launchMongo = async () => {
    const place = { port: ports.mongodb, dataDir: join(dataDir, 'mongodb') };
    const server = await startMongo({ ...place, logFile: log('mongodb'), report: say });
    servers.mongodbUrl = server.url;
    return server.process;
  };

  return {
    start: async () => {
      withdrawPlaces(dataDir);
      await Promise.all([keep('MongoDB', 'mongodb', launchMongo), keep('Temporal', 'temporal', launchTemporal)]);
      const addresses = servers as ServerAddresses;
      const env = childEnvironment(process.env, settings, addresses);
      const known = knownCredentials(dataDir);
      const seeded = await seed(env, log('seed'), known);
      const { created, demo, operatorToken } = seeded;
      const admin = { url: `http://127.0.0.1:${ports.admin}`, ...(operatorToken && { token: operatorToken }) };
      // At once: the secrets are nowhere else, and a start may still be interrupted.
      const places = writePlaces(dataDir, { api: settings.publicUrl, admin, ...addresses, demo });
      say(whatBecameOfDemo(known.demo !== undefined, created));
      await Promise.all([
        keep('Worker', 'worker', () => startWorker(env, log('worker'))),
        keep('API', 'api', () => startApi(env, log('api'))),
      ]);
      publishPlaces(dataDir);
      return { seeded, places };
    },
    stop: async () => {
      clearInterval(logKeeper);
      for (const one of kept.reverse()) await one.stop();
    },
  };
}

function whatBecameOfDemo(known: boolean, created: boolean): string {
  if (!created) return 'The demo application is there';
  if (!known) return 'The demo application is created';
  return 'The demo application of local.json can no longer log in: a new one is created';
}
