// Connections that never stand: whatever keeps them from it, nothing left, and the carrier is at fault within seconds.
import { once } from 'node:events';
import { Agent, createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CarrierFault, CarrierOutcomeUnknown } from '../../carriers/carrier.ts';
import { httpRequest } from '../../carriers/http-request.ts';
import { createTwilioCarrier } from '../../carriers/twilio/carrier.ts';
import { twilioSettings } from '../../carriers/twilio/settings.ts';
import { createVonageCarrier } from '../../carriers/vonage/carrier.ts';
import { vonageSettings } from '../../carriers/vonage/settings.ts';
import { exchange, NotSent } from '../../egress/exchange.ts';
import { selfSigned } from '../support/certificate.ts';
import { type SilentHost, startSilentHost } from '../support/silent-host.ts';

const servers: Server[] = [];
let silent: SilentHost;
const { key, cert } = selfSigned('localhost');

beforeAll(async () => {
  silent = await startSilentHost();
});
afterAll(() => {
  silent.stop();
  for (const server of servers) server.close();
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const https = (port: number, host = '127.0.0.1') => `https://${host}:${port}/send`;

/** How a request went: whether it surely never left, why, and in how many ms. */
async function outcomeOf(asking: Promise<unknown>): Promise<{ kind: string; message: string; ms: number }> {
  const began = Date.now();
  const error = await asking.then(
    () => new Error('an answer'),
    (thrown: Error) => thrown,
  );
  return { kind: error.name, message: error.message, ms: Date.now() - began };
}

const ask = (url: string, timeoutMs?: number) =>
  httpRequest({ method: 'POST', url, body: 'code 482915', ...(timeoutMs !== undefined && { timeoutMs }) });

describe.concurrent('a connection that never stood is a fault of the carrier', () => {
  test.each<[string, () => Promise<string>, number | undefined]>([
    ['SYNs are dropped', async () => `http://127.0.0.1:${silent.port}/`, undefined],
    ['SYNs are dropped where TLS is asked for', async () => https(silent.port), undefined],
    [
      'SYNs are dropped, and less time is allowed than a connection has',
      async () => `http://127.0.0.1:${silent.port}/`,
      700,
    ],
    ['nobody says anything of TLS', async () => https(await portOf(createServer(() => undefined))), undefined],
    ['less time is allowed than TLS takes', async () => https(await portOf(createServer(() => undefined))), 500],
    ['it hangs up before TLS', async () => https(await portOf(createServer((socket) => socket.destroy()))), undefined],
    [
      'it resets before TLS',
      async () => https(await portOf(createServer((socket) => socket.resetAndDestroy()))),
      undefined,
    ],
    [
      'it speaks something else than TLS',
      async () => https(await portOf(createServer((socket) => socket.end('220 smtp\r\n')))),
      undefined,
    ],
    [
      'it ends in the middle of the handshake',
      async () =>
        https(
          await portOf(
            createServer((socket) => socket.once('data', () => socket.end(Buffer.from('160303007a02', 'hex')))),
          ),
        ),
      undefined,
    ],
    [
      'its certificate is nobody’s',
      async () => https(await portOf(createHttps({ key, cert }, (_, response) => response.end()))),
      undefined,
    ],
    ['nobody listens', async () => `http://127.0.0.1:1/`, undefined],
    ['nobody listens at any address of the name', async () => `http://localhost:1/`, undefined],
    ['the name does not exist', async () => 'https://nobody.invalid/', undefined],
    ['the port is none', async () => 'http://127.0.0.1:0/', undefined],
  ])('%s', async (_, url, timeoutMs) => {
    const { kind, message, ms } = await outcomeOf(ask(await url(), timeoutMs));
    expect([kind, /482915|:\d{2,5}|[A-Z]+_[A-Z]/.test(message)]).toEqual(['CarrierFault', false]);
    expect(ms).toBeLessThan(5_000);
  });
});

test('a server that wants a certificate of ours refuses the request unread, whenever it says so', async () => {
  const asked: unknown[] = [];
  const server = createHttps(
    { key, cert, ca: cert, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      asked.push(request.url);
      response.end();
    },
  );
  const url = new URL(https(await portOf(server), 'localhost'));
  const agent = new Agent({ ca: cert });
  for (let time = 0; time < 5; time += 1) {
    const asking = {
      method: 'POST',
      headers: {},
      body: 'code 482915',
      connectMs: 3_000,
      signal: AbortSignal.timeout(5_000),
    };
    expect((await outcomeOf(exchange(url, agent, asking))).kind).toBe(NotSent.name);
  }
  expect(asked).toEqual([]);
});

test('a connection that stood and was reset may have taken the request', async () => {
  const port = await portOf(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
  const { kind } = await outcomeOf(ask(`http://127.0.0.1:${port}/`));
  expect(kind).toBe(CarrierOutcomeUnknown.name);
});

test('one that is kept and was closed meanwhile is not told from one that took the request', async () => {
  let requests = 0;
  const port = await portOf(
    createServer((socket) =>
      socket.on('data', () => {
        requests += 1;
        if (requests === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK');
        else socket.destroy();
      }),
    ),
  );
  expect((await ask(`http://127.0.0.1:${port}/`)).text).toBe('OK');
  const { kind } = await outcomeOf(ask(`http://127.0.0.1:${port}/`));
  expect(kind).toBe(CarrierOutcomeUnknown.name);
});

const message = {
  trackingId: 't',
  accountId: 'a',
  recipient: '+12025550123',
  originator: 'Acme',
  method: 'sms' as const,
  text: 'Your code is 482915',
  parts: 1,
  validForSeconds: 300,
  attempt: 1,
};

test('vendors whose hosts drop SYNs are at fault within seconds, too', async () => {
  const accountSid = `AC${'0'.repeat(32)}`;
  const twilio = createTwilioCarrier(
    'twilio',
    twilioSettings.parse({ accountSid, baseUrl: `http://127.0.0.1:${silent.port}` }),
    { authToken: 'token' },
    undefined,
  );
  const vonage = (smsApi: 'sms' | 'messages') =>
    createVonageCarrier(
      'vonage',
      vonageSettings.parse({
        apiKey: 'abcd1234',
        smsApi,
        restUrl: `http://127.0.0.1:${silent.port}`,
        apiUrl: `http://127.0.0.1:${silent.port}`,
      }),
      { apiSecret: 'secret' },
      {},
    );
  for (const { kind, ms } of await Promise.all(
    [twilio, vonage('sms'), vonage('messages')].map((carrier) => outcomeOf(carrier.send(message, 'key'))),
  )) {
    expect(kind).toBe(CarrierFault.name);
    expect(ms).toBeLessThan(5_000);
  }
});
