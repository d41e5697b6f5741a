// CONTRACT "Confirm": how an answer may be sent, and what is no answer and therefore no try.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiAnswer, type ApiClient, wrongCode } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let api: ApiClient;

beforeAll(async () => {
  stack = await createStack();
  [app] = await Promise.all([startApp(stack), stack.startWorker()]);
  api = app.client(await stack.addApplication());
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

/** An answer on its way: query, body, media type. */
interface Sent {
  readonly query?: string;
  readonly body?: string;
  readonly type?: string;
}

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';
const confirm = (trackingId: string, { query = '', body, type }: Sent) =>
  api.request('POST', `/2step/${trackingId}${query}`, {
    body: body === undefined ? null : Buffer.from(body),
    headers: type === undefined ? {} : { 'Content-Type': type },
  });

async function opened(fields: Record<string, unknown> = {}) {
  const trackingId = await api.open({ maxRetries: 20, ...fields });
  const code = await api.code(trackingId);
  return { trackingId, code, wrong: wrongCode(code) };
}

/** Starts until the code has this shape, since some rules are about codes of one shape only. */
async function openedWith(shape: RegExp) {
  for (;;) {
    const verification = await opened({ digits: 4 });
    if (shape.test(verification.code)) return verification;
  }
}

const triesOf = async (trackingId: string) => (await api.status(trackingId)).body.timesTried;
const isVerified = (trackingId: string) => ({
  trackingId,
  status: 'Verified',
  updatedAt: expect.any(String),
  maxRetries: 20,
  expiresAt: expect.any(String),
  timesTried: 1,
});

/** 400005000 for the answer, and no try. */
async function expectNoTry(trackingId: string, { status, body }: ApiAnswer) {
  expect(body).toStrictEqual({
    code: '400005000',
    developerMessage: 'Sms contains invalid data.',
    properties: { answer: expect.any(String) },
  });
  expect(status).toBe(400);
  expect(await triesOf(trackingId)).toBe(0);
}

describe('the right answer is taken', () => {
  const spread = (code: string) => [...code].join(' ');
  const inDigitsFrom = (zero: number) => (code: string) =>
    [...code].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

  test.each<[string, (code: string, wrong: string) => Sent]>([
    ['as a form', (code) => ({ body: `answer=${code}`, type: form })],
    [
      'as a form in any case with a charset',
      (code) => ({ body: `answer=${code}`, type: 'Application/X-WWW-FORM-URLENCODED; charset=UTF-8' }),
    ],
    ['as a JSON string', (code) => ({ body: JSON.stringify({ answer: code }), type: json })],
    ['as a JSON number', (code) => ({ body: `{"answer": ${Number(code)}}`, type: json })],
    ['as an integral double', (code) => ({ body: `{"answer": ${Number(code)}.0}`, type: json })],
    ['in the query, without a body', (code) => ({ query: `?answer=${code}` })],
    ['in the query, typed as JSON without a body', (code) => ({ query: `?answer=${code}`, type: json })],
    [
      'in the query, beside a body without one',
      (code) => ({ query: `?answer=${code}`, body: '{"answer": ""}', type: json }),
    ],
    [
      'in the body before the query',
      (code, wrong) => ({ query: `?answer=${wrong}`, body: `answer=${code}`, type: form }),
    ],
    [
      'in the body before two in the query',
      (code) => ({ query: '?answer=1&answer=2', body: `{"answer": "${code}"}`, type: json }),
    ],
    ['as JSON without a type', (code) => ({ body: ` {"answer": "${code}"}` })],
    ['as a form without a type', (code) => ({ body: `answer=${code}` })],
    ['beside unknown fields given twice', (code) => ({ body: `{"x": 1, "answer": "${code}", "x": 2}`, type: json })],
    ['among unknown fields', (code) => ({ body: `method=x&answer=${code}&Answer=1`, type: form })],
    ['with spaces', (code) => ({ body: JSON.stringify({ answer: ` ${spread(code)} ` }), type: json })],
    [
      'with hyphens, plus signs of a form being spaces',
      (code) => ({ body: `answer=+${code.slice(0, 3)}-${code.slice(3)}+`, type: form }),
    ],
    [
      'with a dash and a space that never breaks',
      (code) => ({
        body: JSON.stringify({ answer: `${code.slice(0, 2)}–${code.slice(2, 4)}\u00a0${code.slice(4)}` }),
        type: json,
      }),
    ],
    ['behind a mark that joins nothing', (code) => ({ body: JSON.stringify({ answer: `${code}\u200c` }), type: json })],
    ['between marks of direction', (code) => ({ body: JSON.stringify({ answer: `\u202d${code}\u202c` }), type: json })],
    ['with variation selectors, in a form', (code) => ({ body: `answer=${[...code].join('%EF%B8%8F')}`, type: form })],
    ['in brackets, with a point', (code) => ({ body: `answer=(${code.slice(0, 3)}.${code.slice(3)})`, type: form })],
    [
      'with hyphens that never break, in the query',
      (code) => ({ query: `?answer=${encodeURIComponent(`${code.slice(0, 3)}\u2011${code.slice(3)}`)}` }),
    ],
    ['in Arabic digits', (code) => ({ body: JSON.stringify({ answer: inDigitsFrom(0x660)(code) }), type: json })],
    [
      'in Persian digits, in the query',
      (code) => ({ query: `?answer=${encodeURIComponent(inDigitsFrom(0x6f0)(code))}` }),
    ],
    [
      'in fullwidth digits',
      (code) => ({ body: new URLSearchParams({ answer: inDigitsFrom(0xff10)(code) }).toString(), type: form }),
    ],
  ])('%s: 200 and the whole body', async (_, sentFor) => {
    const { trackingId, code, wrong } = await opened();
    const { status, body, headers } = await confirm(trackingId, sentFor(code, wrong));
    expect(body).toStrictEqual(isVerified(trackingId));
    expect(status).toBe(200);
    expect(headers.get('X-Attempts-Remaining')).toBe('0');
  });

  test('without its leading zeros, as text and as an integer', async () => {
    for (const sent of [(code: string) => `"${code.replace(/^0+/, '')}"`, (code: string) => `${Number(code)}`]) {
      const { trackingId, code } = await openedWith(/^0.*[1-9]/);
      const { status } = await confirm(trackingId, { body: `{"answer": ${sent(code)}}`, type: json });
      expect(status).toBe(200);
    }
  });
});

describe('an answer that is given twice or is no text is 400005000 and no try:', () => {
  test.each<[string, (code: string) => Sent]>([
    ['twice in a form', (code) => ({ body: `answer=${code}&answer=${code}`, type: form })],
    ['two guesses in a form', (code) => ({ body: `answer=${code}&answer=1`, type: form })],
    ['twice in the query', (code) => ({ query: `?answer=1&answer=${code}` })],
    ['an array in a form', (code) => ({ body: `answer[]=${code}`, type: form })],
    ['an object in a form', (code) => ({ body: `answer[a]=${code}`, type: form })],
    ['an object in a form, by a dot', (code) => ({ body: `answer.a=${code}`, type: form })],
    ['an array', (code) => ({ body: JSON.stringify({ answer: [code] }), type: json })],
    ['an object', (code) => ({ body: JSON.stringify({ answer: { code } }), type: json })],
    ['true', () => ({ body: '{"answer": true}', type: json })],
    ['a number beyond all', () => ({ body: '{"answer": 1e999}', type: json })],
    ['none', () => ({})],
    ['none in a JSON body', () => ({ body: '{}', type: json })],
    ['under another name', (code) => ({ body: `Answer=${code}`, type: form })],
    ['null', () => ({ body: '{"answer": null}', type: json })],
    ['empty everywhere', () => ({ query: '?answer=', body: 'answer=', type: form })],
    [
      'a fraction that would be the code without its point',
      (code) => ({ body: `{"answer": ${Number(code) / 1000 + 0.5}}`, type: json }),
    ],
    ['hyphens that never break', () => ({ body: '{"answer": "\\u2011\\u2011"}', type: json })],
    ['what joins nothing', () => ({ query: '?answer=%E2%80%8C' })],
    ['marks of direction', () => ({ body: 'answer=%E2%80%8E%E2%80%8F', type: form })],
    ['a variation selector', () => ({ body: JSON.stringify({ answer: '\ufe0f' }), type: json })],
    ['brackets and dots', () => ({ body: JSON.stringify({ answer: '(．) […]'.replace('…', '.') }), type: json })],
    ['twice in a JSON body', (code) => ({ body: `{"answer": "${code}", "answer": "${code}"}`, type: json })],
    ['two guesses in a JSON body', (code) => ({ body: `{"answer": 1, "\\u0061nswer": "${code}"}`, type: json })],
    [
      'twice in a JSON body, the last one null',
      (code) => ({ body: `{"answer": ${Number(code)}, "answer": null}`, type: json }),
    ],
    ['plain and as an array in a form', (code) => ({ body: `answer=${code}&answer[]=1`, type: form })],
    ['plain and as an object in the query', (code) => ({ query: `?answer=${code}&answer%5Ba%5D=1` })],
    ['twice without a type', (code) => ({ body: `{"answer": "${code}", "answer": 2}` })],
    ['a negative number', (code) => ({ body: `{"answer": -${Number(code)}}`, type: json })],
    ['a negative double', (code) => ({ body: `{"answer": -${Number(code)}.0}`, type: json })],
    ['minus zero', () => ({ body: '{"answer": -0}', type: json })],
    ['a fraction', (code) => ({ body: `{"answer": ${Number(code)}.5}`, type: json })],
    [
      'a fraction that JavaScript reads as the code',
      (code) => ({ body: `{"answer": ${Number(code)}.00000000000000000001}`, type: json }),
    ],
    [
      'a fraction just below the code',
      (code) => ({ body: `{"answer": ${Number(code) - 1}.99999999999999999999}`, type: json }),
    ],
    ['a fraction that JavaScript reads as zero', () => ({ body: '{"answer": 1e-400}', type: json })],
    ['a fraction below zero that it reads so', () => ({ body: '{"answer": -1e-400}', type: json })],
    [
      'a fraction with an exponent',
      (code) => ({ body: `{"answer": 0.${code.padStart(6, '0')}00000000000000000001e6}`, type: json }),
    ],
    ['half a surrogate pair', (code) => ({ body: `{"answer": "${code}\\ud83d"}`, type: json })],
    ['the other half', (code) => ({ body: `{"answer": "\\ude00${code}"}`, type: json })],
    ['half a surrogate pair in a form', (code) => ({ body: `answer=${code}%ED%A0%BD`, type: form })],
    ['half a surrogate pair in the query', (code) => ({ query: `?answer=%ED%B8%80${code}` })],
    ['no UTF-8 in a form', (code) => ({ body: `answer=${code}%F3`, type: form })],
    ['no UTF-8 in the query', (code) => ({ query: `?answer=${code}%FF` })],
    ['blank', () => ({ body: '{"answer": " \\t "}', type: json })],
    ['a blank in a form', () => ({ body: 'answer=+', type: form })],
  ])('%s', async (_, sentFor) => {
    const { trackingId, code } = await opened();
    await expectNoTry(trackingId, await confirm(trackingId, sentFor(code)));
    expect((await api.confirm(trackingId, code)).body.status).toBe('Verified');
  });
});
