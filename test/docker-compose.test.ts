// docker-compose.yml: says what an operator may set, gives API and worker a usable environment, and keeps each service within bounds.
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../config.ts';

interface Service {
  readonly image: string;
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly configs?: readonly { readonly source: string }[];
  readonly logging?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources?: { readonly limits?: { readonly memory?: string; readonly pids?: number } };
  };
}

interface Composed {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly secrets: Readonly<Record<string, { readonly file?: string; readonly environment?: string }>>;
  readonly configs: Readonly<Record<string, unknown>>;
}

const text = readFileSync('docker-compose.yml', 'utf8');
const composed = parseYaml(text) as Composed;
const services = Object.entries(composed.services);
const example = parseEnv(readFileSync('.env.example', 'utf8').replace(/^#(?=[A-Z_]+=)/gm, ''));
const passwords = { MONGODB_PASSWORD: 'a1', MONGODB_ROOT_PASSWORD: 'b2', POSTGRES_PASSWORD: 'c3' };

/** As Compose replaces `${NAME}` with a default, an alternative or a demand. */
function interpolate(value: string, env: Readonly<Record<string, string | undefined>>): string {
  return value.replace(/\$\{(\w+)(?::([-+?])([^}]*))?\}/g, (_, name: string, how = '-', other = '') => {
    const given = env[name] ?? '';
    if (how === '+') return given === '' ? '' : other;
    if (given === '' && how === '?') throw new Error(`${name}: ${other}`);
    return given === '' ? other : given;
  });
}

function environmentOf(service: string, env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(composed.services[service]?.environment ?? {});
  return Object.fromEntries(given.map(([name, value]) => [name, interpolate(String(value), env)]));
}

/** The keys loadConfig asks for. */
const keys: string[] = [];
loadConfig(
  new Proxy<NodeJS.ProcessEnv>(
    {},
    {
      get(_, key) {
        keys.push(String(key));
        return undefined;
      },
    },
  ),
);

/** What neither process is given there, and why. */
const leftOut: Readonly<Record<string, string>> = {
  DATA_DIR: 'nothing of ours writes to disk',
  KEY_RING: 'a file holds it, since the environment is shown to whoever may inspect a container',
  WORKFLOW_BUNDLE: 'the image sets it',
};

describe('the environment of API and worker', () => {
  const given = [...new Set(['api', 'worker'].flatMap((service) => Object.keys(environmentOf(service, passwords))))];

  test('holds every key of the configuration, or the reason why not is written down', () => {
    expect(keys).toContain('KEY_RING_FILE');
    expect(keys.filter((key) => !given.includes(key)).sort()).toEqual(Object.keys(leftOut).sort());
  });

  test('holds no key that nothing reads', () => {
    expect(given.filter((key) => !keys.includes(key) && example[key] === undefined)).toEqual([]);
  });

  test.each(['api', 'worker'])('of %s is usable in production with passwords alone', (service) => {
    const config = loadConfig(environmentOf(service, passwords));
    expect(config).toMatchObject({ production: true, sandbox: false, codec: undefined, carriersFile: undefined });
    expect(config.keyRing.keyRingFile).toBe('/run/secrets/key-ring.json');
    expect(config.mongodb.url).toBe('mongodb://twostep:a1@mongodb:27017/twostep');
    expect(config.admin).toEqual(service === 'api' ? { port: 3001, host: '0.0.0.0' } : undefined);
  });

  test.each([
    'BUILD_ID',
    'CALLBACK_ALLOWED_HOSTS',
    'CARRIERS_FILE',
    'CARRIER_ALLOWED_HOSTS',
    'CODEC_ALLOWED_ORIGIN',
    'CODEC_PORT',
    'CODEC_TOKEN',
    'LOG_LEVEL',
    'MAX_CONNECTIONS',
    'ADMIN_MAX_CONNECTIONS',
    'PUBLIC_URL',
    'SANDBOX',
    'TRUSTED_PROXIES',
  ])('takes %s from the operator', (key) => {
    const without = ['api', 'worker'].map((service) => environmentOf(service, passwords)[key]);
    const set = ['api', 'worker'].map((service) => environmentOf(service, { ...passwords, [key]: 'chosen' })[key]);
    expect(set).not.toEqual(without);
    expect(set.filter((value) => value !== undefined)).not.toEqual([]);
  });

  test('of both is usable with every key of the example set', () => {
    const all = { ...example, ...passwords, SANDBOX: 'enabled-in-production' };
    for (const service of ['api', 'worker']) expect(() => loadConfig(environmentOf(service, all))).not.toThrow();
    expect(environmentOf('worker', all).CARRIERS_FILE).toBe('/run/secrets/carriers.json');
  });

  test.each(Object.keys(passwords))('%s is asked for where it is missing', (name) => {
    const rest = { ...passwords, [name]: undefined };
    const asked = services.map(
      ([service]) =>
        () =>
          environmentOf(service, rest),
    );
    const byEnvironment = asked.some((each) => {
      try {
        each();
        return false;
      } catch (error) {
        return (error as Error).message.startsWith(name);
      }
    });
    const bySecret = Object.values(composed.secrets).some(({ environment }) => environment === name);
    expect(byEnvironment || bySecret).toBe(true);
  });
});

describe.each(services)('%s', (name, service) => {
  test('has an exact image, or is built here', () => {
    expect(service.image).toMatch(/^(twostep|[\w/-]+:\d+\.\d+(\.\d+)?(@sha256:[0-9a-f]{64})?)$/);
  });

  test('is bounded in memory, in processes and in what it logs, and comes back', () => {
    expect(service.deploy?.resources?.limits?.memory).toMatch(/^\d+[MG]$/);
    expect(service.deploy?.resources?.limits?.pids).toBeGreaterThan(0);
    expect(service.logging).toEqual({ driver: 'json-file', options: { 'max-size': '20m', 'max-file': '5' } });
    expect(service.restart).toBeDefined();
  });

  test('is published on the loopback alone, or not at all', () => {
    const published = (service.ports ?? []).map((each) => interpolate(each, {}));
    expect(published.filter((each) => !each.startsWith('127.0.0.1:'))).toEqual([]);
    expect(published.length > 0).toBe(name === 'api');
  });

  test('names networks, secrets and configs that are there', () => {
    const sources = (service.secrets ?? []).map((each) => (typeof each === 'string' ? each : each.source));
    expect(Object.keys(composed.networks)).toEqual(expect.arrayContaining([...service.networks]));
    expect(Object.keys(composed.secrets)).toEqual(expect.arrayContaining(sources));
    expect(Object.keys(composed.configs)).toEqual(
      expect.arrayContaining((service.configs ?? []).map(({ source }) => source)),
    );
  });
});

test('databases and engine are on closed networks, and only the workers have a way out beside published ports', () => {
  const closed = (name: string) => composed.services[name]?.networks.every((each) => composed.networks[each]?.internal);
  expect(['mongodb', 'postgresql', 'temporal', 'temporal-schema'].map(closed)).toEqual([true, true, true, true]);
  expect(composed.services.postgresql?.networks).toEqual(['engine-data']);
  const outside = services.filter(([, { networks }]) => networks.includes('outside')).map(([name]) => name);
  expect(outside).toEqual(['worker']);
});

test('there are two workers, and the web UI of Temporal changes nothing', () => {
  expect(composed.services.worker?.deploy?.replicas).toBe(2);
  expect(composed.services['temporal-ui']?.environment?.TEMPORAL_DISABLE_WRITE_ACTIONS).toBe('true');
});

test('secrets lie where git and the image do not take them', () => {
  const place = interpolate(composed.secrets['key-ring']?.file ?? '', {});
  expect(place).toBe('./.secrets/key-ring.json');
  expect(readFileSync('.gitignore', 'utf8').split('\n')).toEqual(expect.arrayContaining(['.env', '.secrets/']));
  expect(readFileSync('.dockerignore', 'utf8')).not.toContain('!.secrets');
  expect(interpolate(composed.secrets.carriers?.file ?? '', {})).toBe('/dev/null');
});

test('its head is true: what it tells to run is there', () => {
  const head = text.slice(0, text.indexOf('\nx-logging'));
  for (const [, program = ''] of head.matchAll(/node dist\/([\w/-]+)\.js/g)) {
    expect(() => readFileSync(`${program}.ts`)).not.toThrow();
  }
  expect(head.match(/node dist\//g)?.length).toBe(2);
  expect(head).toContain(`127.0.0.1:3001`);
});
