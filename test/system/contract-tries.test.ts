// CONTRACT "Confirm": what counts as a try, what each try is told, and how the last one ends.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, wrongCode } from '../support/api-client.ts';
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

async function opened(fields: Record<string, unknown> = {}) {
  const trackingId = await api.open({ maxRetries: 20, ...fields });
  const code = await api.code(trackingId);
  return { trackingId, code, wrong: wrongCode(code) };
}

describe('400011005 for a wrong answer, which counts:', () => {
  test('each is a try, updatedAt moves with it, and X-Attempts-Remaining counts down', async () => {
    const { trackingId, wrong } = await opened({ maxRetries: 3 });
    let last = (await api.status(trackingId)).body.updatedAt;
    for (const [tried, remaining] of [
      [1, '3'],
      [2, '2'],
      [3, '1'],
    ] as const) {
      const { status, body, headers } = await api.confirm(trackingId, wrong);
      expect(body).toStrictEqual({ code: '400011005', developerMessage: 'Wrong answer provided.' });
      expect([status, headers.get('X-Attempts-Remaining')]).toEqual([400, remaining]);
      const now = (await api.status(trackingId)).body;
      expect(now).toMatchObject({ status: 'Pending', timesTried: tried });
      expect(Date.parse(now.updatedAt)).toBeGreaterThan(Date.parse(last));
      last = now.updatedAt;
    }
  });

  test.each<[string, (code: string, wrong: string) => string]>([
    ['another number', (_, wrong) => wrong],
    ['too long', (code) => `${code}0`],
    ['too long with zeros in front', (code) => `0${code}`],
    ['very long', (code) => code.repeat(1000)],
    ['letters', () => 'abcdef'],
    ['a letter at its end', (code) => `${code}x`],
    ['in hexadecimal', (code) => `0x${Number(code).toString(16)}`],
    ['a fraction', (code) => `${code}.5`],
    ['the placeholder', () => '@@pin'],
    ['with NUL', (code) => `${code}\u0000`],
  ])('%s', async (_, answerFor) => {
    const { trackingId, code, wrong } = await opened();
    const { status, body, headers } = await api.confirm(trackingId, answerFor(code, wrong));
    expect(body).toStrictEqual({ code: '400011005', developerMessage: 'Wrong answer provided.' });
    expect([status, headers.get('X-Attempts-Remaining')]).toEqual([400, '20']);
    expect((await api.status(trackingId)).body).toMatchObject({ status: 'Pending', timesTried: 1 });
    expect((await api.confirm(trackingId, code)).body).toMatchObject({ status: 'Verified', timesTried: 2 });
  });

  test("another verification's code is a wrong answer", async () => {
    const [one, other] = [await opened(), await opened()];
    expect((await api.confirm(one.trackingId, other.code === one.code ? one.wrong : other.code)).body.code).toBe(
      '400011005',
    );
  });
});

describe('the last try', () => {
  test('fails the verification with 400011004 when it is wrong, and nothing counts after it', async () => {
    const { trackingId, code, wrong } = await opened({ maxRetries: 2 });
    const codes: string[] = [];
    for (let tries = 0; tries < 3; tries += 1) codes.push((await api.confirm(trackingId, wrong)).body.code);
    expect(codes).toEqual(['400011005', '400011005', '400011004']);
    const { status, body, headers } = await api.confirm(trackingId, code);
    expect(body).toStrictEqual({ code: '400011002', developerMessage: 'Verification is not in pending state.' });
    expect([status, headers.get('X-Attempts-Remaining')]).toEqual([400, '0']);
    expect((await api.status(trackingId)).body).toMatchObject({ status: 'Failed', timesTried: 3 });
  });

  test('is the only one when maxRetries is 0', async () => {
    const { trackingId, wrong } = await opened({ maxRetries: 0 });
    const { status, body, headers } = await api.confirm(trackingId, wrong);
    expect(body).toStrictEqual({ code: '400011004', developerMessage: 'Verification max retries reached.' });
    expect([status, headers.get('X-Attempts-Remaining')]).toEqual([400, '0']);
  });

  test('verifies when it is right', async () => {
    const { trackingId, code, wrong } = await opened({ maxRetries: 1 });
    await api.confirm(trackingId, wrong);
    expect((await api.confirm(trackingId, code)).body).toMatchObject({ status: 'Verified', timesTried: 2 });
  });
});
