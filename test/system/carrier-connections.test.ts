// The connections of a carrier as operators see them: how many, why not more, and an event when there has been none for some time.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import { startRawSmsc } from '../support/raw-smpp.ts';
import { createStack, type Stack } from '../support/stack.ts';

const ESME_RINVPASWD = 0xe;

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;

beforeAll(async () => {
  stack = await createStack();
  admin = await startAdmin(stack);
  [chief] = await Promise.all([admin.operator(), stack.startWorker(), stack.startApi()]);
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

const workersOf = async (name: string) => (await chief.get('GET', `/admin/carriers/${name}`)).workers;
/** What is told of its connections; what it refuses stands beside it. */
const events = async () =>
  (await chief.get('GET', '/admin/events')).content.filter(({ kind }: { kind: string }) => kind !== 'carrierRefused');

test('a carrier that is not bound says so with the reason, is told of once, and once more when it is bound', async () => {
  const smsc = await startRawSmsc(ESME_RINVPASWD);
  const settings = { host: '127.0.0.1', port: smsc.port, systemId: 'twostep', binds: 2, reconnectMaxSeconds: 1 };
  await chief.get('PUT', '/admin/carriers/away', { type: 'smpp', settings, secrets: { password: 'wrong' } });
  const reason = 'the SMSC refused the bind (ESME_RINVPASWD)';
  const connections = async () => (await workersOf('away'))[0]?.connections;
  await eventually('it says why it is not bound', async () => (await connections())?.reason === reason);
  expect(await workersOf('away')).toMatchObject([
    { state: 'closed', connections: { wanted: expect.any(Number), bound: 0, reason } },
  ]);
  await eventually('it is told of', async () => (await events()).length > 0);
  expect(await events()).toMatchObject([
    { kind: 'carrierDisconnected', sentence: `Carrier away has no connection: ${reason}` },
  ]);
  await chief.get('PUT', '/admin/routes/all/everywhere', { steps: [{ carrier: 'away', method: 'sms' }] });
  const trackingId = await (await stack.addApplication()).api.open();
  const { events: story } = await chief.get('GET', `/admin/verifications/${trackingId}`);
  expect(story.at(-1)).toMatchObject({
    event: 'waiting',
    sentence: `Send 1 waits for away: it has no connection (${reason}), and is tried again`,
  });
  await chief.get('DELETE', '/admin/routes/all/everywhere');
  smsc.bindStatus = 0;
  await eventually('it is bound', async () => (await events()).length > 1);
  expect(await events()).toMatchObject([{ kind: 'carrierConnected' }, { kind: 'carrierDisconnected' }]);
  await eventually('all are bound', async () => (await connections())?.bound === 2);
  expect(await workersOf('away')).toMatchObject([{ connections: { wanted: 2, bound: 2 } }]);
  expect(await connections()).not.toHaveProperty('reason');
  await chief.get('DELETE', '/admin/carriers/away');
  await smsc.close();
});
