// The example of the environment: holds every key that is read, none that is not, and only values that are accepted.
import { readdirSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../config.ts';
import { parseKeyRing } from '../secrets/key-ring.ts';

const example = readFileSync('.env.example', 'utf8');
/** Keys that are set, and keys shown commented out, as if all were set. */
const everything = parseEnv(example.replace(/^#(?=[A-Z_]+=)/gm, ''));
const asItStands = parseEnv(example);

/** The keys somebody asks an environment for. */
function keysReadBy(read: (env: Record<string, string>) => unknown): string[] {
  const asked = new Set<string>();
  const env = new Proxy<Record<string, string>>(
    {},
    {
      get(_, key) {
        if (typeof key === 'string') asked.add(key);
        return undefined;
      },
    },
  );
  read(env);
  return [...asked];
}

const keysOfConfig = keysReadBy((env) => loadConfig(env));
const keysOfTemporal = keysReadBy((env) => loadClientConnectConfig({ overrideEnvVars: env }));
const localSources = readdirSync('local', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|mjs)$/.test(file))
  .map((file) => readFileSync(`local/${file}`, 'utf8'))
  .join('\n');
const readLocally = (key: string) => new RegExp(`\\b${key}\\b`).test(localSources);

describe('.env.example', () => {
  test('holds every key of the configuration', () => {
    expect(keysOfConfig).toContain('KEY_RING');
    expect(Object.keys(everything)).toEqual(expect.arrayContaining(keysOfConfig));
  });

  test('holds no key that nothing reads', () => {
    const known = new Set([...keysOfConfig, ...keysOfTemporal]);
    expect(Object.keys(everything).filter((key) => !known.has(key) && !readLocally(key))).toEqual([]);
  });

  test('is a usable environment as it stands, and one that changes no default', () => {
    expect(loadConfig(asItStands)).toEqual(loadConfig({}));
  });

  test('shows only values that are accepted', () => {
    expect(() => loadConfig(everything)).not.toThrow();
    expect(parseKeyRing(everything.KEY_RING ?? '').maker.id).toBe('k1');
  });
});
