// Chooses the ports and paths of one local stack, and the environment its processes get.
import { join } from 'node:path';
import { freePort } from '../ports.ts';

export interface Settings {
  dataDir: string;
  ports: { api: number; admin: number; codec: number; temporal: number; temporalUi: number; mongodb: number };
  namespace: string;
  publicUrl: string;
}

/** Default ports, or those the environment prefers; a taken one becomes the next that is free. */
export async function chooseSettings(env: NodeJS.ProcessEnv, dataDir: string): Promise<Settings> {
  const taken = new Set<number>();
  const choose = async (preferred: string | undefined, usual: number) => {
    const port = await freePort(Number(preferred) || usual, taken);
    taken.add(port);
    return port;
  };
  const ports = {
    api: await choose(env.PORT, 3000),
    admin: await choose(env.ADMIN_PORT, 3001),
    codec: await choose(env.CODEC_PORT, 8281),
    temporal: await choose(env.TEMPORAL_PORT, 7233),
    temporalUi: await choose(env.TEMPORAL_UI_PORT, 8233),
    mongodb: await choose(env.MONGODB_PORT, 27017),
  };
  return {
    dataDir,
    ports,
    namespace: env.TEMPORAL_NAMESPACE || 'twostep',
    publicUrl: env.PUBLIC_URL || `http://localhost:${ports.api}`,
  };
}

export interface ServerAddresses {
  temporalAddress: string;
  temporalUi: string | undefined;
  mongodbUrl: string;
}

/** The environment of seed, worker and API. */
export function childEnvironment(
  env: NodeJS.ProcessEnv,
  settings: Settings,
  servers: ServerAddresses,
): NodeJS.ProcessEnv {
  const { ports, dataDir, namespace, publicUrl } = settings;
  // Keys and TLS of another Temporal must not be used towards our own plain one.
  const own = env.TEMPORAL_ADDRESS ? env : without(env, /^TEMPORAL_(API_KEY|TLS|PROFILE|CONFIG_FILE)/);
  const codec = servers.temporalUi && {
    CODEC_PORT: String(ports.codec),
    // People type the one, the server's own log shows the other.
    CODEC_ALLOWED_ORIGIN: [`http://127.0.0.1:${ports.temporalUi}`, `http://localhost:${ports.temporalUi}`].join(','),
  };
  return {
    ...own,
    ...codec,
    ADMIN_PORT: String(ports.admin),
    DATA_DIR: dataDir,
    // The worker's readiness is read from its log, which must not be quieter than this.
    LOG_LEVEL: ['trace', 'debug'].includes(env.LOG_LEVEL ?? '') ? env.LOG_LEVEL : 'info',
    MONGODB_URL: servers.mongodbUrl,
    PORT: String(ports.api),
    PUBLIC_URL: publicUrl,
    SANDBOX: env.SANDBOX || 'enabled',
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
  };
}

/** Where the output of a process goes. */
export function logFile(dataDir: string, name: string): string {
  return join(dataDir, 'logs', `${name}.log`);
}

function without(env: NodeJS.ProcessEnv, names: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.test(name)));
}
