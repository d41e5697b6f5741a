// The environment: defaults, every problem at once, contradictions, and no value ever quoted.
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../config.ts';

const problemsOf = (env: NodeJS.ProcessEnv) => {
  try {
    loadConfig(env);
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(':')[0]);
  }
  return [];
};

describe('an empty environment', () => {
  test('is local use on loopback with the sandbox off', () => {
    expect(loadConfig({})).toEqual({
      production: false,
      dataDir: '.data',
      api: { host: '127.0.0.1', port: 3000, publicUrl: 'http://localhost:3000', trustedProxies: [] },
      mongodb: { url: 'mongodb://127.0.0.1:27017', database: 'twostep' },
      temporal: { namespace: 'twostep' },
      keyRing: { keyRing: undefined, keyRingFile: undefined, dataDir: '.data', production: false },
      sandbox: false,
      carriersFile: undefined,
      codec: undefined,
      admin: undefined,
      maxConnections: { api: undefined, admin: undefined },
      callbackAllowedHosts: [],
      carrierAllowedHosts: 'anywhere',
      buildId: undefined,
      workflowBundle: undefined,
      logLevel: 'info',
    });
  });

  test('is the same as one where everything is set to nothing', () => {
    const names =
      'NODE_ENV DATA_DIR HOST PORT MAX_CONNECTIONS PUBLIC_URL TRUSTED_PROXIES MONGODB_URL MONGODB_DATABASE TEMPORAL_NAMESPACE KEY_RING KEY_RING_FILE SANDBOX CARRIERS_FILE CODEC_PORT CODEC_ALLOWED_ORIGIN CODEC_TOKEN ADMIN_PORT ADMIN_HOST ADMIN_MAX_CONNECTIONS CALLBACK_ALLOWED_HOSTS CARRIER_ALLOWED_HOSTS BUILD_ID WORKFLOW_BUNDLE LOG_LEVEL'.split(
        ' ',
      );
    expect(loadConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(loadConfig({}));
  });
});

describe('the environment', () => {
  test('is taken as it says', () => {
    const config = loadConfig({
      PORT: '8080',
      PUBLIC_URL: 'https://verify.example.com',
      TRUSTED_PROXIES: '10.0.0.0/8, 127.0.0.1,',
      MONGODB_URL: 'mongodb+srv://db.example.com',
      CODEC_PORT: '8081',
      CODEC_ALLOWED_ORIGIN: 'http://localhost:8233',
      SANDBOX: 'enabled',
      LOG_LEVEL: 'warn',
    });
    expect(config.api).toMatchObject({
      port: 8080,
      publicUrl: 'https://verify.example.com',
      trustedProxies: ['10.0.0.0/8', '127.0.0.1'],
    });
    expect(loadConfig({ ADMIN_PORT: '8082', ADMIN_HOST: '10.0.0.1' }).admin).toEqual({ port: 8082, host: '10.0.0.1' });
    expect(loadConfig({ ADMIN_PORT: '8082' }).admin).toEqual({ port: 8082, host: '127.0.0.1' });
    expect(config.codec).toEqual({ port: 8081, allowedOrigins: ['http://localhost:8233'], token: undefined });
    expect(config).toMatchObject({ sandbox: true, logLevel: 'warn', mongodb: { url: 'mongodb+srv://db.example.com' } });
  });

  test.each(['9', '0', '-1', '1.5', 'many', '1e9x'])('with %s connections is refused', (connections) => {
    expect(problemsOf({ MAX_CONNECTIONS: connections, ADMIN_MAX_CONNECTIONS: connections })).toEqual([
      'MAX_CONNECTIONS',
      'ADMIN_MAX_CONNECTIONS',
    ]);
    expect(loadConfig({ MAX_CONNECTIONS: '10', ADMIN_MAX_CONNECTIONS: '20' }).maxConnections).toEqual({
      api: 10,
      admin: 20,
    });
  });

  test.each([
    'hooks.internal',
    'http://hooks.internal:8080',
    'https://hooks.internal',
    'hooks.internal:8080/path',
    '10.0.0.0/8',
    'fd00::1:8080',
    ':8080',
    'a:80;b:80',
    'a:80,b',
    '*:many',
    'user@a:80',
  ])('with %s among allowed hosts is refused, since it would allow nothing in silence', (hosts) => {
    const names = ['CALLBACK_ALLOWED_HOSTS', 'CARRIER_ALLOWED_HOSTS'];
    expect(problemsOf(Object.fromEntries(names.map((name) => [name, hosts])))).toEqual(names);
  });

  test('has allowed hosts as URLs have them', () => {
    const hosts = ' Hooks.Internal:8080,10.0.0.1:2775, [FD00::1]:443,';
    const { callbackAllowedHosts, carrierAllowedHosts } = loadConfig({
      NODE_ENV: 'production',
      CALLBACK_ALLOWED_HOSTS: hosts,
      CARRIER_ALLOWED_HOSTS: hosts,
    });
    expect(callbackAllowedHosts).toEqual(['hooks.internal:8080', '10.0.0.1:2775', '[fd00::1]:443']);
    expect(carrierAllowedHosts).toEqual(callbackAllowedHosts);
  });

  test('that is wrong in several places is told about all of them at once', () => {
    expect(
      problemsOf({ PORT: '70000', LOG_LEVEL: 'loud', MONGODB_URL: 'postgres://x', PUBLIC_URL: 'ftp://x' }),
    ).toEqual(['PORT', 'PUBLIC_URL', 'MONGODB_URL', 'LOG_LEVEL']);
  });

  test.each([
    'NODE_ENV',
    'PORT',
    'MAX_CONNECTIONS',
    'PUBLIC_URL',
    'MONGODB_URL',
    'MONGODB_DATABASE',
    'SANDBOX',
    'CODEC_PORT',
    'CODEC_ALLOWED_ORIGIN',
    'CODEC_TOKEN',
    'ADMIN_PORT',
    'ADMIN_MAX_CONNECTIONS',
    'CALLBACK_ALLOWED_HOSTS',
    'CARRIER_ALLOWED_HOSTS',
    'LOG_LEVEL',
  ])('with a secret in %s by mistake is refused without quoting it', (name) => {
    const env = { [name]: 's3cr3t pass:word@' };
    expect(problemsOf(env)).toEqual([name]);
    expect(() => loadConfig(env)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('s3cr3t') }));
  });
});

describe('production', () => {
  const token = 'x'.repeat(32);
  const codec = { CODEC_PORT: '1', CODEC_ALLOWED_ORIGIN: 'http://localhost' };
  test.each([
    ['refuses the sandbox unless it is asked for by name', { SANDBOX: 'enabled' }, ['SANDBOX']],
    ['refuses an address that carriers reach in clear', { PUBLIC_URL: 'http://verify.example.com' }, ['PUBLIC_URL']],
    ['takes the sandbox asked for by name', { SANDBOX: 'enabled-in-production' }, []],
    ['refuses a codec endpoint without a token', codec, ['CODEC_TOKEN']],
    ['takes a codec endpoint with a token', { ...codec, CODEC_TOKEN: token }, []],
    ['refuses a codec endpoint for no origin', { CODEC_PORT: '1', CODEC_TOKEN: token }, ['CODEC_ALLOWED_ORIGIN']],
  ])('%s', (_what, env, problems) => {
    expect(problemsOf({ NODE_ENV: 'production', ...env })).toEqual(problems);
  });

  test('is told apart from local use for the key ring too', () => {
    expect(loadConfig({ NODE_ENV: 'production' })).toMatchObject({ production: true, keyRing: { production: true } });
    expect(problemsOf({ SANDBOX: 'enabled', ...codec })).toEqual([]);
  });
});

describe('carriers connect, beside the public internet,', () => {
  test.each<[string | undefined, string | undefined, readonly string[] | 'anywhere']>([
    ['production', undefined, []],
    ['production', '', []],
    ['production', '10.20.0.5:2775', ['10.20.0.5:2775']],
    ['production', 'smsc.internal:2775, [fd00::5]:2775,', ['smsc.internal:2775', '[fd00::5]:2775']],
    ['production', 'localhost:13013,127.0.0.1:13013', ['localhost:13013', '127.0.0.1:13013']],
    ['development', '10.20.0.5:2775', 'anywhere'],
    ['test', undefined, 'anywhere'],
    [undefined, '10.20.0.5:2775', 'anywhere'],
  ])('where NODE_ENV is %s and CARRIER_ALLOWED_HOSTS is %s: to %j', (NODE_ENV, CARRIER_ALLOWED_HOSTS, hosts) => {
    expect(loadConfig({ NODE_ENV, CARRIER_ALLOWED_HOSTS }).carrierAllowedHosts).toEqual(hosts);
  });
});

test('a configuration cannot be changed afterwards', () => {
  expect(() => Object.assign(loadConfig({}), { production: true })).toThrow(TypeError);
});
