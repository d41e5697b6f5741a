// Every ending of a verification, through HTTP, on real servers.
import { afterAll, beforeAll, describe, test } from 'vitest';
import { wrongCode } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { movementsOf } from '../support/ledger.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication({ balance: 1000 });
});
afterAll(() => stack?.stop());

const movements = (trackingId: string, { accountId } = app) => movementsOf(stack.database, accountId, trackingId);
const statusOf = async (trackingId: string) => (await app.api.status(trackingId)).body.status;
const closed = (trackingId: string) => stack.temporal.workflow.getHandle(trackingId).result();

// They wait for lives to end and for carriers, so they wait together.
describe.concurrent('a verification', () => {
  test('is Verified by the right answer and charged once', async ({ expect }) => {
    const trackingId = await app.api.open();
    const { status, body } = await app.api.confirm(trackingId, await app.api.code(trackingId));
    expect(status).toBe(200);
    expect(body).toMatchObject({ trackingId, status: 'Verified', timesTried: 1, maxRetries: 3 });
    expect(await closed(trackingId)).toMatchObject({ outcome: 'Verified', charged: 45_000 });
    expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
  });

  test('fails with 400011004 on the wrong answer that uses up the last try, and stays charged', async ({ expect }) => {
    const trackingId = await app.api.open({ maxRetries: 1 });
    const code = await app.api.code(trackingId);
    const first = await app.api.confirm(trackingId, wrongCode(code));
    expect(first.body.code).toBe('400011005');
    expect(first.headers.get('X-Attempts-Remaining')).toBe('1');
    const second = await app.api.confirm(trackingId, wrongCode(code));
    expect(second.body.code).toBe('400011004');
    expect((await app.api.confirm(trackingId, code)).body.code).toBe('400011002');
    expect((await app.api.status(trackingId)).body).toMatchObject({ status: 'Failed', timesTried: 2 });
    await closed(trackingId);
    expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
  });

  test('fails without a try when the carrier refuses for good, and the money comes back', async ({ expect }) => {
    const own = await stack.addApplication({ balance: 1 });
    const trackingId = await own.api.open({ recipient: '+12025550100' });
    const statusOf = async () => (await own.api.status(trackingId)).body.status;
    await eventually('Failed', async () => (await statusOf()) === 'Failed');
    expect((await own.api.status(trackingId)).body.timesTried).toBe(0);
    expect(await closed(trackingId)).toMatchObject({ outcome: 'Failed', charged: 0 });
    expect(await movements(trackingId, own)).toEqual(['reserve', 'release']);
    expect(await own.api.balance()).toBe(1);
  });

  test('expires at the end of its lifetime, answers 400011003 from then on, and stays charged', async ({ expect }) => {
    const trackingId = await app.api.open({ lifetimeInSeconds: 6 });
    const code = await app.api.code(trackingId);
    await eventually('Expired', async () => (await statusOf(trackingId)) === 'Expired');
    expect((await app.api.confirm(trackingId, code)).body.code).toBe('400011003');
    expect((await app.api.cancel(trackingId)).body.code).toBe('400011003');
    await closed(trackingId);
    expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
  });

  test('is Cancelled once, answers 400011002 from then on, and stays charged', async ({ expect }) => {
    const trackingId = await app.api.open();
    const code = await app.api.code(trackingId);
    const { status, body } = await app.api.cancel(trackingId);
    expect([status, body.status]).toEqual([200, 'Cancelled']);
    expect((await app.api.cancel(trackingId)).body.code).toBe('400011002');
    expect((await app.api.confirm(trackingId, code)).body.code).toBe('400011002');
    await closed(trackingId);
    expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
  });

  test('is refused with 400001009 when the balance is too small, and leaves nothing on the wire', async ({
    expect,
  }) => {
    const poor = await stack.addApplication({ balance: 0 });
    const { status, body } = await poor.api.start();
    expect([status, body.code]).toEqual([400, '400001009']);
    const [refused] = await stack.database.verifications.find({ refusal: 'insufficientBalance' }).toArray();
    expect((await poor.api.status(refused?._id ?? '')).body.code).toBe('404011006');
  });

  test('whose carrier is busy twice is sent once and can be verified', async ({ expect }) => {
    const trackingId = await app.api.open({ recipient: '+12025550101' });
    const messages = await app.api.delivered(trackingId, '+12025550101');
    expect(messages).toHaveLength(1);
    const { body } = await app.api.confirm(trackingId, await app.api.code(trackingId, '+12025550101'));
    expect(body.status).toBe('Verified');
  });

  test('whose carrier timed out but delivered is charged once, and sent once', async ({ expect }) => {
    const trackingId = await app.api.open({ recipient: '+12025550103' });
    const code = await app.api.code(trackingId, '+12025550103');
    expect((await app.api.confirm(trackingId, code)).body.status).toBe('Verified');
    expect(await closed(trackingId)).toMatchObject({ charged: 9_000 });
    expect(await app.api.messages('+12025550103')).toHaveLength(1);
    expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
  });

  test('whose send never gets a known outcome stays Pending to its lifetime, and the money comes back', async ({
    expect,
  }) => {
    const trackingId = await app.api.open({ recipient: '+12025550104', lifetimeInSeconds: 6 });
    expect(await statusOf(trackingId)).toBe('Pending');
    await eventually('Expired', async () => (await statusOf(trackingId)) === 'Expired');
    expect(await closed(trackingId)).toMatchObject({ outcome: 'Expired', charged: 0 });
    expect(await movements(trackingId)).toEqual(['reserve', 'release']);
  });
});
