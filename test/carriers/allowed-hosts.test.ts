// Where carriers may connect to in production: the public internet and what operators name, by what is saved and by where names lead.

import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { assertFits } from '../../admin/carrier-surroundings.ts';
import { OperatorRefusal } from '../../admin/operator.ts';
import { CarrierFault } from '../../carriers/carrier.ts';
import { hostProblems, NOT_PUBLIC } from '../../carriers/host-settings.ts';
import { createAskHttp } from '../../carriers/http-request.ts';
import { readCarrier } from '../../carriers/registry.ts';
import type { CarrierType } from '../../carriers/settings.ts';
import { eventually } from '../support/eventually.ts';
import { fixedRing } from '../support/key-rings.ts';

vi.mock('node:dns/promises', () => {
  const resolver = { resolve4: vi.fn(), resolve6: vi.fn() };
  return {
    Resolver: class {
      resolve4 = resolver.resolve4;
      resolve6 = resolver.resolve6;
    },
  };
});
const { resolve4, resolve6 } = vi.mocked(new Resolver());

const accountSid = `AC${'0'.repeat(32)}`;
const http = (url: string) => ({ requests: { sms: { url } } });
const twilio = (baseUrl: string) => ({ accountSid, baseUrl });
const vonage = (apiUrl: string) => ({ apiKey: 'abcd1234', apiUrl });
const smpp = (host: string, port = 2775) => ({ host, port, systemId: 'twostep' });

describe('in production a carrier is refused when it is saved', () => {
  test.each<[CarrierType, object, string]>([
    ['http', http('http://169.254.169.254/latest/meta-data/iam'), 'requests.sms.url'],
    ['http', http('http://[fd00:ec2::254]/latest'), 'requests.sms.url'],
    ['http', http('http://127.0.0.1:8080/send?to={{recipient}}'), 'requests.sms.url'],
    ['http', http('https://localhost/send'), 'requests.sms.url'],
    ['http', http('https://10.1.2.3/{{recipientDigits}}'), 'requests.sms.url'],
    ['http', http('http://2130706433/'), 'requests.sms.url'],
    ['http', http('http://[::ffff:169.254.169.254]/'), 'requests.sms.url'],
    ['http', http('http://0x7f.1/'), 'requests.sms.url'],
    ['http', http('http://100.100.100.200/latest'), 'requests.sms.url'],
    ['http', { baseUrl: 'http://192.168.0.9', ...http('/send') }, 'baseUrl'],
    ['http', { requests: { voice: { url: 'http://172.16.0.1/' } } }, 'requests.voice.url'],
    [
      'http',
      { ...http('https://gateway.example/'), lookup: { url: 'http://10.0.0.1/', answer: { rules: [] } } },
      'lookup.url',
    ],
    ['http', { ...http('https://gateway.example/'), conversion: { url: 'http://10.0.0.1/' } }, 'conversion.url'],
    ['twilio', twilio('http://127.0.0.1:9000'), 'baseUrl'],
    ['twilio', twilio('https://10.0.0.1/'), 'baseUrl'],
    ['vonage', vonage('https://169.254.169.254/'), 'apiUrl'],
    ['vonage', { apiKey: 'abcd1234', restUrl: 'http://localhost:9000' }, 'restUrl'],
    ['smpp', smpp('127.0.0.1'), 'host'],
    ['smpp', smpp('10.20.0.5'), 'host'],
    ['smpp', smpp('localhost'), 'host'],
    ['smpp', smpp('fe80::1'), 'host'],
    ['smpp', smpp('168.63.129.16'), 'host'],
  ])('%s: %j', (type, settings, path) => {
    expect(hostProblems(type, settings, [])).toEqual({ [`settings.${path}`]: NOT_PUBLIC });
    expect(hostProblems(type, settings, 'anywhere')).toEqual({});
  });

  test.each<[CarrierType, object, string[]]>([
    ['http', http('https://gateway.example/send'), []],
    ['http', http('http://169.254.169.254/'), ['169.254.169.254:80']],
    ['http', http('https://Kannel.Internal:13013/'), ['kannel.internal:13013']],
    ['twilio', { accountSid }, []],
    ['twilio', twilio('http://127.0.0.1:9000'), ['127.0.0.1:9000']],
    ['vonage', { apiKey: 'abcd1234' }, []],
    ['smpp', smpp('10.20.0.5'), ['10.20.0.5:2775']],
    ['smpp', smpp('::1', 2776), ['[::1]:2776']],
    ['sandbox', {}, []],
  ])('but not where it is public or allowed: %s: %j', (type, settings, allowed) => {
    expect(hostProblems(type, settings, allowed)).toEqual({});
  });

  test('and the management API says under which field, in which words', () => {
    const ring = fixedRing('k1');
    const put = (carrierHosts: string[]) => () =>
      assertFits({ ring, sandbox: false, production: true, carrierHosts }, 'acme', {
        type: 'smpp',
        settings: smpp('10.0.0.1'),
      });
    expect(put([])).toThrow(new OperatorRefusal('invalid', { 'settings.host': NOT_PUBLIC }));
    expect(put(['10.0.0.1:2775'])).not.toThrow();
  });

  test('a host that is allowed on one port is not on another', () => {
    expect(Object.keys(hostProblems('smpp', smpp('10.20.0.5', 2776), ['10.20.0.5:2775']))).toEqual(['settings.host']);
  });
});

/** Every name has these addresses from now on. */
function resolveTo(...addresses: string[]): void {
  const answer = (found: string[]) => (found.length > 0 ? Promise.resolve(found) : Promise.reject(new Error('none')));
  resolve4.mockImplementation(() => answer(addresses.filter((address) => !address.includes(':'))) as never);
  resolve6.mockImplementation(() => answer(addresses.filter((address) => address.includes(':'))) as never);
}

let server: Server;
let port: number;
let connections: number;

beforeEach(async () => {
  resolve4.mockReset();
  resolve6.mockReset();
  connections = 0;
  server = createServer((_, response) => response.end('OK'));
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (url: string, allowed: readonly string[]) => createAskHttp(allowed)({ method: 'POST', url, body: 'code' });

describe('in production a carrier connects to nothing that is not public', () => {
  test.each(['127.0.0.1', '169.254.169.254', '10.0.0.1', '::1', 'fd00:ec2::254', '::ffff:127.0.0.1', '168.63.129.16'])(
    'whatever name leads there: %s',
    async (address) => {
      resolveTo(address);
      await expect(ask(`http://gateway.example:${port}/`, [])).rejects.toEqual(new CarrierFault(NOT_PUBLIC));
      expect(connections).toBe(0);
    },
  );

  test('though the name led to a public address when it was asked for before', async () => {
    resolveTo('203.0.114.7');
    const asking = createAskHttp([]);
    await asking({ method: 'GET', url: `http://gateway.example:${port}/`, timeoutMs: 200 }).catch(() => undefined);
    resolveTo('127.0.0.1');
    const again = asking({ method: 'GET', url: `http://gateway.example:${port}/` });
    await expect(again).rejects.toEqual(new CarrierFault(NOT_PUBLIC));
    expect(connections).toBe(0);
  });

  test.each(['http://127.0.0.1', 'http://localhost', 'http://2130706433', 'https://[::1]', 'http://0.0.0.0'])(
    'nor to an address itself: %s',
    async (origin) => {
      await expect(ask(`${origin}:${port}/`, [`127.0.0.1:${port + 1}`])).rejects.toEqual(new CarrierFault(NOT_PUBLIC));
      expect(connections).toBe(0);
      expect(resolve4).not.toHaveBeenCalled();
    },
  );

  test('but where an operator allows it', async () => {
    expect((await ask(`http://127.0.0.1:${port}/`, [`127.0.0.1:${port}`])).text).toBe('OK');
    expect((await ask(`http://localhost:${port}/`, [`localhost:${port}`])).text).toBe('OK');
  });
});

test('an SMPP carrier does not connect there either, and says what to do', async () => {
  const carrier = readCarrier('operator', 'smpp', smpp('127.0.0.1', port), { password: 'pa55word' }).create({
    allowedHosts: [],
    binds: 1,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    takeReceipt: async () => undefined,
  });
  await eventually('the reason', async () => carrier.connections?.().reason === NOT_PUBLIC);
  await carrier.close?.();
  expect(connections).toBe(0);
});

test.each<[CarrierType, object, object]>([
  ['http', http('http://127.0.0.1:1/'), {}],
  ['twilio', twilio('http://127.0.0.1:1'), { authToken: 'token' }],
  ['vonage', { apiKey: 'abcd1234', restUrl: 'http://127.0.0.1:1' }, { apiSecret: 'secret' }],
  ['vonage', { apiKey: 'abcd1234', smsApi: 'messages', apiUrl: 'http://127.0.0.1:1' }, { apiSecret: 'secret' }],
])('every type that speaks HTTP is guarded: %s %j', async (type, settings, secrets) => {
  const carrier = readCarrier('some', type, settings, secrets).create({
    allowedHosts: [],
    binds: 1,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    takeReceipt: async () => undefined,
  });
  const message = {
    ...{ trackingId: 't', accountId: 'a', recipient: '+12025550123', originator: 'Acme', method: 'sms' as const },
    ...{ text: 'code', parts: 1, validForSeconds: 60, attempt: 1 },
  };
  await expect(carrier.send(message, 'key')).rejects.toEqual(new CarrierFault(NOT_PUBLIC));
});
