// The codec endpoint: decodes for the web UI's exact origin and nobody else, and never without a row in the audit.
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CodecEndpointOptions, createCodecEndpoint } from '../../api/codec-endpoint.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import { createPayloadCodec } from '../../secrets/payload-codec.ts';
import type { Database } from '../../store/database.ts';
import { type Listening, listen } from '../support/listen.ts';
import { createStack, type Stack } from '../support/stack.ts';

const UI = 'http://127.0.0.1:8233';
const TOKEN = 'a-token-of-thirty-two-characters-or-more';
const SECRET = '+306948530920';

let stack: Stack;
let open: Listening;
let guarded: Listening;
let decoded: number;
const log: string[] = [];

beforeAll(async () => {
  stack = await createStack();
  open = await listen(endpoint());
  guarded = await listen(endpoint({ token: TOKEN }));
});
beforeEach(async () => {
  decoded = 0;
  log.length = 0;
  await stack.database.audit.deleteMany({});
});
afterAll(async () => {
  await Promise.all([open?.close(), guarded?.close()]);
  await stack?.stop();
});

/** The endpoint with a key ring that counts what is opened with it. */
function endpoint(options: Partial<CodecEndpointOptions> = {}) {
  const byId: KeyRing['byId'] = (id) => {
    decoded += 1;
    return stack.ring.byId(id);
  };
  const logger = pino({ level: 'debug' }, { write: (line) => void log.push(line) });
  const { database, ring } = stack;
  return createCodecEndpoint({ ring: { ...ring, byId }, database, logger, allowedOrigins: [UI], ...options });
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request in which every header is ours, `Host` too, which fetch would not allow. */
async function ask({ url }: Listening, { method = 'POST', path = '/decode', headers = {}, body }: Asked) {
  const sent = request(`${url}${path}`, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
  });
  sent.end(typeof body === 'string' || Buffer.isBuffer(body) || body === undefined ? body : JSON.stringify(body));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

const asJson = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  ...(data && { data: Buffer.from(data).toString('base64') }),
});
const plain = () => defaultPayloadConverter.toPayload({ recipient: SECRET }) as Payload;
async function encrypted() {
  const { namespace } = stack.temporal.options;
  const context = { type: 'workflow', namespace, workflowId: 'any' } as const;
  const [sealed] = await createPayloadCodec(stack.ring).encode([plain()], context);
  if (!sealed) throw new Error('Nothing was encrypted');
  return asJson(sealed);
}
const refused = { code: '400005000', developerMessage: expect.any(String) };
const audited = async () =>
  (await stack.database.audit.find().toArray()).map(({ actor, action, details }) => ({ actor, action, details }));

describe('a preflight', () => {
  test("of the web UI's exact origin names it, POST, and the headers the UI sends", async () => {
    const { status, headers } = await ask(open, { method: 'OPTIONS', headers: { Origin: UI } });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': UI,
      'access-control-allow-methods': 'POST,OPTIONS',
      'access-control-allow-headers': 'content-type,x-namespace,authorization',
      vary: 'Origin',
    });
  });

  test.each(['http://127.0.0.1:8234', 'https://127.0.0.1:8233', 'http://localhost:8233', `${UI}.example.org`, 'null'])(
    'of the origin %s is 403 and allows nothing',
    async (Origin) => {
      const { status, headers } = await ask(open, { method: 'OPTIONS', headers: { Origin } });
      expect(status).toBe(403);
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  test('needs no token, which browsers do not send with it', async () => {
    expect((await ask(guarded, { method: 'OPTIONS', headers: { Origin: UI } })).status).toBe(204);
  });
});

describe('refused, and neither decoded nor audited, is', () => {
  test.each<[string, number, Asked]>([
    ['another origin', 403, { headers: { Origin: 'https://evil.example' } }],
    ['a foreign host name that points here', 403, { headers: { Host: 'evil.example:8281' } }],
    ['a foreign host name with the right origin', 403, { headers: { Host: 'evil.example', Origin: UI } }],
    ['a host name that begins like ours', 403, { headers: { Host: 'localhost.evil.example' } }],
    ['another path', 404, { path: '/' }],
    ['the path of encoding, which there is none of', 404, { path: '/encode' }],
    ['another method', 405, { method: 'PUT' }],
  ])('%s: %i', async (_, status, asked) => {
    expect((await ask(open, { body: { payloads: [await encrypted()] }, ...asked })).status).toBe(status);
    expect([decoded, await audited()]).toEqual([0, []]);
  });

  test.each([undefined, '', 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, TOKEN, `Basic ${TOKEN}`])(
    'with a token configured, the Authorization header "%s": 401',
    async (authorization) => {
      const headers = { Origin: UI, ...(authorization !== undefined && { Authorization: authorization }) };
      expect((await ask(guarded, { headers, body: { payloads: [await encrypted()] } })).status).toBe(401);
      expect([decoded, await audited()]).toEqual([0, []]);
    },
  );
});

test.each<[string, number, Asked]>([
  ['a decode', 200, { body: {} }],
  ['a preflight', 204, { method: 'OPTIONS', headers: { Origin: UI } }],
  ['a refusal', 400, { body: { payloads: 5 } }],
  ['another path', 404, { path: '/' }],
  ['another method', 405, { method: 'GET' }],
  ['another origin', 403, { headers: { Origin: 'https://evil.example' } }],
])('the answer to %s may be kept or guessed at by nobody', async (_, status, asked) => {
  const answer = await ask(open, asked);
  expect([answer.status, answer.headers]).toMatchObject([
    status,
    { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-request-id': expect.any(String) },
  ]);
});

test('the web UI may read why it was refused', async () => {
  const { headers } = await ask(open, { headers: { Origin: UI }, body: { payloads: 5 } });
  expect(headers['access-control-allow-origin']).toBe(UI);
});

describe('a decode', () => {
  test('opens what is encrypted, leaves what is plain as it is, and leaves one row in the audit', async () => {
    const body = { payloads: [await encrypted(), asJson(plain())] };
    const answer = await ask(open, { headers: { Origin: UI }, body });
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe(UI);
    expect(JSON.parse(answer.body)).toEqual({ payloads: [asJson(plain()), asJson(plain())] });
    expect(await audited()).toEqual([{ actor: 'local', action: 'codec.decode', details: { payloads: 2 } }]);
    expect(log.join('')).not.toContain(SECRET);
  });

  test('with the right token works, and the audit names it without quoting it', async () => {
    const headers = { Origin: UI, Authorization: `Bearer ${TOKEN}` };
    const { status, body } = await ask(guarded, { headers, body: { payloads: [await encrypted()] } });
    expect([status, JSON.parse(body)]).toEqual([200, { payloads: [asJson(plain())] }]);
    expect(await audited()).toEqual([{ actor: 'codec token', action: 'codec.decode', details: { payloads: 1 } }]);
  });

  test.each(['localhost:8281', '127.0.0.1', '[::1]:8281'])('is answered under the host name %s', async (Host) => {
    expect((await ask(open, { headers: { Host }, body: {} })).status).toBe(200);
  });

  test('leaves a row for every use, also one that asks for nothing', async () => {
    expect((await ask(open, { body: {} })).body).toBe('{"payloads":[]}');
    expect((await ask(open, { body: { payloads: null } })).status).toBe(200);
    await ask(open, { body: { payloads: [await encrypted()] } });
    expect((await audited()).map(({ details }) => details.payloads).sort()).toEqual([0, 0, 1]);
  });

  test.each<[string, (sealed: Awaited<ReturnType<typeof encrypted>>) => unknown]>([
    ['no data', ({ metadata }) => ({ metadata })],
    ['a ciphertext cut short', ({ metadata }) => ({ metadata, data: 'AAAA' })],
    ['a ciphertext changed', ({ metadata, data = '' }) => ({ metadata, data: `AAAA${data.slice(4)}` })],
    [
      'a key that is not there',
      ({ metadata, data }) => ({ data, metadata: { ...metadata, 'encryption-key-id': 'eA==' } }),
    ],
    [
      'another workflow than it was sealed for',
      ({ metadata, data }) => ({ data, metadata: { ...metadata, 'sealed-for': 'eA==' } }),
    ],
  ])('of %s is 400 and tells nothing', async (_, spoil) => {
    const { status, body } = await ask(open, { body: { payloads: [{}, spoil(await encrypted())] } });
    expect([status, JSON.parse(body)]).toEqual([
      400,
      { ...refused, properties: { payloads: expect.stringContaining('sealed under a key') } },
    ]);
    expect(log.join('')).toContain('the codec endpoint could not decode a request');
    expect(log.join('')).not.toMatch(/TypeError|stack|AAAA/);
  });

  test.each<[string, unknown]>([
    ['null for a payload', { payloads: [null] }],
    ['a number for a payload', { payloads: [{}, 5] }],
    ['a list for a payload', { payloads: [[]] }],
    ['metadata that are not text', { payloads: [{ metadata: { encoding: 5 } }] }],
    ['data that are no base64', { payloads: [{ data: '%%AAAA' }] }],
    ['data that are an object', { payloads: [{ data: { a: 'AAAA' } }] }],
    ['a text for a payload', { payloads: ['AAAA'] }],
    ['metadata that are a list', { payloads: [{ metadata: ['x'] }] }],
    ['data that are no text', { payloads: [{ data: 5 }] }],
    ['no list', { payloads: { 0: {} } }],
    ['a text for the list', { payloads: SECRET }],
    ['a list given twice', '{"payloads": [], "payloads": []}'],
  ])('of %s is refused and not audited', async (_, body) => {
    const answer = await ask(open, { body });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      400,
      { ...refused, properties: { payloads: expect.stringContaining('list of objects') } },
    ]);
    expect([decoded, await audited(), log.join('').includes(SECRET)]).toEqual([0, [], false]);
  });

  test.each<[string, number, Asked]>([
    ['what is not JSON', 400, { body: `{"payloads": "${SECRET}` }],
    ['a list alone', 400, { body: '[]' }],
    ['no UTF-8', 400, { body: Buffer.from('{"payloads": "\xff"}', 'latin1') }],
    ['a form', 415, { body: 'payloads=', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
    ['text', 415, { body: '{}', headers: { 'Content-Type': 'text/plain' } }],
    ['more than 8 MiB', 413, { body: `{"payloads": "${'x'.repeat(8_388_608)}"}` }],
    ['a charset of another name', 415, { body: '{}', headers: { 'Content-Type': 'application/json; charset=latin1' } }],
  ])('of %s is refused: %i', async (_, status, asked) => {
    const answer = await ask(open, asked);
    expect([answer.status, JSON.parse(answer.body).code.slice(0, 3)]).toEqual([status, String(status)]);
    expect([await audited(), log.join('').includes(SECRET)]).toEqual([[], false]);
  });

  test('of 8 MB works', async () => {
    const data = Buffer.alloc(6_000_000).toString('base64');
    const { status, body } = await ask(open, { body: { payloads: [{ metadata: {}, data }] } });
    expect([status, JSON.parse(body)]).toEqual([200, { payloads: [{ metadata: {}, data }] }]);
  });

  test('does not happen when its row in the audit cannot be written', async () => {
    const insertOne = async () => {
      throw new Error('the database is away');
    };
    const audit = { insertOne } as unknown as Database['audit'];
    const blind = await listen(endpoint({ database: { audit } }));
    const { status, body } = await ask(blind, { body: { payloads: [await encrypted()] } });
    await blind.close();
    expect([status, JSON.parse(body).code, decoded]).toEqual([500, '500000000', 0]);
  });
});
