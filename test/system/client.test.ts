// The client against the running service: a whole verification, every reading, and an outage it sits out.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TwostepError } from '../../client/src/index.ts';
import { wrongCode } from '../support/api-client.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startApi(), stack.startWorker()]);
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

const refusal = (promise: Promise<unknown>): Promise<TwostepError> =>
  promise.then(
    () => Promise.reject(new Error('It was not refused')),
    (error: unknown) => (error instanceof TwostepError ? error : Promise.reject(error)),
  );

test('a verification from start to end, each step by its method', async () => {
  const { client } = app.api;
  const recipient = '+306948530921';
  const started = await client.start({ method: 'sms', recipient, maxRetries: 1, arguments: { name: 'Zoe' } });
  const { trackingId } = started;
  expect(await client.status(trackingId)).toEqual(started);
  const code = await app.api.code(trackingId, recipient);
  expect(await refusal(client.resend(trackingId))).toMatchObject({ code: '429000000', status: 429 });
  const wrong = await refusal(client.confirm(trackingId, wrongCode(code)));
  expect(wrong).toMatchObject({ code: '400011005', attemptsRemaining: 1, message: 'Wrong answer provided.' });
  expect(await client.confirm(trackingId, code)).toMatchObject({ status: 'Verified', timesTried: 2 });
  expect(await refusal(client.cancel(trackingId))).toMatchObject({ code: '400011002' });
  expect((await client.timeline(trackingId)).why).toBe('right answer at try 2');
  const invalid = await refusal(client.start({ method: 'voice', recipient: '+30', digits: 99 }));
  expect(Object.keys(invalid.properties).sort()).toEqual(['digits', 'recipient']);
  expect(invalid.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('a key given twice starts one verification', async () => {
  const fields = { method: 'sms', recipient: '+306948530922' } as const;
  const keyed = { idempotencyKey: 'order-1' };
  const [first, second] = [await app.api.client.start(fields, keyed), await app.api.client.start(fields, keyed)];
  expect(second.trackingId).toBe(first.trackingId);
  expect((await app.api.client.cancel(first.trackingId)).status).toBe('Cancelled');
});

test('money and reports', async () => {
  const { client } = app.api;
  expect((await client.balance()).currency.code).toBe('EUR');
  expect((await client.ledger({ size: 1 })).content[0]?.number).toBeGreaterThan(1);
  expect((await client.transactions({ page: 0, size: 1 })).content[0]?.transactionType).toBe('TopUp');
  expect((await client.prices({ mcc: '202', service: 'TwoStep' })).twoStep?.SmsVerification).toBe(0.045);
  expect((await client.report()).perCountry.GR?.Verified).toBe(1);
  expect((await client.applicationReport(app.applicationId)).applicationId).toBe(app.applicationId);
  expect(await refusal(client.applicationReport('a'.repeat(24)))).toMatchObject({ code: '404010002' });
});

test('another token is got when the one it has no longer counts: an epoch later', async () => {
  const own = await stack.addApplication();
  await own.api.client.balance();
  await stack.database.applications.updateOne({ _id: own.applicationId }, { $set: { epoch: 2 } });
  expect((await own.api.client.balance()).balance).toBe(1000);
});
