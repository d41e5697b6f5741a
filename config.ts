// Everything the environment may say, in one schema; only the main.ts files call loadConfig.
import { z } from 'zod';

const absent = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(absent, schema.optional());
const withDefault = <T>(schema: z.ZodType<T>, value: T) => z.preprocess((given) => absent(given) ?? value, schema);
const port = z.coerce.number().int().min(0).max(65_535);
const connections = z.coerce.number().int().min(10);
const httpUrl = z.url({ protocol: /^https?$/ });
const isHttpUrl = (text: string) => httpUrl.safeParse(text).success;
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);
/** As URLs have them, in lower case; what is no `host:port`, such as a URL or a bare name, would allow nothing in silence. */
const hosts = list
  .refine(
    (given) => given.every((each) => /^(\[[\da-f:.]+\]|[^\s:/@[\]]+):\d{1,5}$/i.test(each)),
    'must be host:port, and several with commas between them',
  )
  .transform((given) => given.map((each) => each.toLowerCase()));

const environment = z.object({
  NODE_ENV: withDefault(z.enum(['development', 'test', 'production']), 'development'),
  DATA_DIR: withDefault(z.string(), '.data'),
  HOST: withDefault(z.string(), '127.0.0.1'),
  PORT: withDefault(port, 3000),
  MAX_CONNECTIONS: optional(connections),
  PUBLIC_URL: optional(httpUrl),
  TRUSTED_PROXIES: z.preprocess((given) => absent(given) ?? '', list),
  MONGODB_URL: withDefault(
    z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb://'),
    'mongodb://127.0.0.1:27017',
  ),
  MONGODB_DATABASE: withDefault(z.string().regex(/^[A-Za-z0-9_-]{1,60}$/), 'twostep'),
  TEMPORAL_NAMESPACE: withDefault(z.string().min(1), 'twostep'),
  KEY_RING: optional(z.string()),
  KEY_RING_FILE: optional(z.string()),
  SANDBOX: withDefault(z.enum(['disabled', 'enabled', 'enabled-in-production']), 'disabled'),
  CARRIERS_FILE: optional(z.string()),
  CODEC_PORT: optional(port),
  CODEC_ALLOWED_ORIGIN: optional(
    list.refine((urls) => urls.length > 0 && urls.every(isHttpUrl), 'must be http or https origins'),
  ),
  CODEC_TOKEN: optional(z.string().min(32)),
  ADMIN_PORT: optional(port),
  ADMIN_HOST: withDefault(z.string(), '127.0.0.1'),
  ADMIN_MAX_CONNECTIONS: optional(connections),
  CALLBACK_ALLOWED_HOSTS: z.preprocess((given) => absent(given) ?? '', hosts),
  CARRIER_ALLOWED_HOSTS: z.preprocess((given) => absent(given) ?? '', hosts),
  BUILD_ID: optional(z.string().min(1)),
  WORKFLOW_BUNDLE: optional(z.string()),
  LOG_LEVEL: withDefault(z.enum(['trace', 'debug', 'info', 'warn', 'error']), 'info'),
});

export type Config = Readonly<ReturnType<typeof toConfig>>;

/**
 * Reads and checks the environment.
 * @throws Error that lists every problem at once, one line each; values are never quoted, since they may be secrets.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (parsed.success) problems.push(...contradictions(parsed.data));
  if (!parsed.success || problems.length > 0) {
    throw new Error(`The environment is not usable (see .env.example):\n${problems.map((p) => `  ${p}`).join('\n')}`);
  }
  return Object.freeze(toConfig(parsed.data));
}

type Environment = z.infer<typeof environment>;

function contradictions(env: Environment): string[] {
  const problems: string[] = [];
  if (env.NODE_ENV === 'production' && env.SANDBOX === 'enabled') {
    problems.push(
      'SANDBOX: shows codes to whoever holds a token; in production set it to enabled-in-production or leave it out',
    );
  }
  if (env.NODE_ENV === 'production' && env.PUBLIC_URL !== undefined && new URL(env.PUBLIC_URL).protocol !== 'https:') {
    problems.push('PUBLIC_URL: must be https in production: carriers report to it, and ask it what calls are to say');
  }
  if (env.CODEC_PORT !== undefined && env.CODEC_ALLOWED_ORIGIN === undefined) {
    problems.push("CODEC_ALLOWED_ORIGIN: needed with CODEC_PORT, the exact origin of Temporal's web UI");
  }
  if (env.CODEC_PORT !== undefined && env.NODE_ENV === 'production' && env.CODEC_TOKEN === undefined) {
    problems.push('CODEC_TOKEN: needed with CODEC_PORT in production, at least 32 characters');
  }
  return problems;
}

function toConfig(env: Environment) {
  const production = env.NODE_ENV === 'production';
  return {
    production,
    dataDir: env.DATA_DIR,
    api: {
      host: env.HOST,
      port: env.PORT,
      publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
      trustedProxies: env.TRUSTED_PROXIES,
    },
    /** Where carriers reach the API; they cannot reach what only this machine calls by that name. */
    carrierUrl:
      env.PUBLIC_URL !== undefined && new URL(env.PUBLIC_URL).hostname !== 'localhost' ? env.PUBLIC_URL : undefined,
    mongodb: { url: env.MONGODB_URL, database: env.MONGODB_DATABASE },
    temporal: { namespace: env.TEMPORAL_NAMESPACE },
    keyRing: { keyRing: env.KEY_RING, keyRingFile: env.KEY_RING_FILE, dataDir: env.DATA_DIR, production },
    sandbox: env.SANDBOX !== 'disabled',
    carriersFile: env.CARRIERS_FILE,
    codec:
      env.CODEC_PORT === undefined || env.CODEC_ALLOWED_ORIGIN === undefined
        ? undefined
        : { port: env.CODEC_PORT, allowedOrigins: env.CODEC_ALLOWED_ORIGIN, token: env.CODEC_TOKEN },
    admin: env.ADMIN_PORT === undefined ? undefined : { port: env.ADMIN_PORT, host: env.ADMIN_HOST },
    maxConnections: { api: env.MAX_CONNECTIONS, admin: env.ADMIN_MAX_CONNECTIONS },
    callbackAllowedHosts: env.CALLBACK_ALLOWED_HOSTS,
    /** Where carriers may be beside the public internet: out of production, anywhere. */
    carrierAllowedHosts: production ? env.CARRIER_ALLOWED_HOSTS : ('anywhere' as const),
    buildId: env.BUILD_ID,
    workflowBundle: env.WORKFLOW_BUNDLE,
    logLevel: env.LOG_LEVEL,
  };
}
