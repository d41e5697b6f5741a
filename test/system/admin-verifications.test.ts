// Verifications as operators find them: by filters, by number, and only as long as they are kept.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reprojectOpen } from '../../admin/reproject.ts';
import { recipientHash } from '../../secrets/recipient.ts';
import { noteRecipient } from '../../store/recipients.ts';
import { deletePastRetention } from '../../store/retention.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const GREEK = '+306948530920';
const AMERICAN = '+12025550199';

let stack: Stack;
let admin: TestAdmin;
let app: TestApp;
let chief: TestOperator;
let first: TestApplication;
let api: ApiClient;
let verified: string;
let pending: string;
let called: string;

beforeAll(async () => {
  stack = await createStack();
  [admin, app] = await Promise.all([startAdmin(stack), startApp(stack), stack.startWorker()]);
  chief = await admin.operator({ name: 'Chief' });
  first = await stack.addApplication();
  api = app.client(first);
  verified = await api.open();
  await api.confirm(verified, await api.code(verified));
  await stack.temporal.workflow.getHandle(verified).result();
  pending = await api.open({ recipient: AMERICAN });
  called = await app.client(await stack.addApplication()).open({ method: 'voice' });
});
afterAll(async () => {
  await Promise.all([admin?.close(), app?.close()]);
  await stack?.stop();
});

const ids = ({ content }: { content: { trackingId: string }[] }) => content.map(({ trackingId }) => trackingId);
const list = async (query: string) => ids(await chief.get('GET', `/admin/verifications?${query}`));
const search = (recipient: string) => chief.get('POST', '/admin/verifications/search', { recipient });

describe('the list', () => {
  test('holds what opened, newest first, with masked numbers', async () => {
    const all = await chief.get('GET', '/admin/verifications');
    expect(ids(all)).toEqual([called, pending, verified]);
    expect(all.content[2]).toMatchObject({
      accountId: first.accountId,
      applicationId: first.applicationId,
      status: 'Verified',
      method: 'sms',
      recipient: '+30***920',
      country: 'GR',
      price: 0.045,
      currency: 'EUR',
      parts: 1,
      sends: 1,
      timesTried: 1,
    });
    expect(JSON.stringify(all)).not.toMatch(/6948530|2025550/);
  });

  test('is filtered by who, how and where to', async () => {
    expect(await list(`applicationId=${first.applicationId}`)).toEqual([pending, verified]);
    expect(await list(`accountId=${first.accountId}&status=verified`)).toEqual([verified]);
    expect(await list('status=Pending')).toEqual([called, pending]);
    expect(await list('country=us')).toEqual([pending]);
    expect(await list('method=voice')).toEqual([called]);
    expect(await list('method=voice&country=US')).toEqual([]);
    expect(await list('carrier=sandbox')).toEqual([called, pending, verified]);
    expect(await list('carrier=sandbox&country=US')).toEqual([pending]);
    expect(await list('carrier=another')).toEqual([]);
    expect(await list('size=1&page=1')).toEqual([pending]);
  });

  test('is filtered by the instant of the start, from included, to not', async () => {
    const { startedAt } = (await chief.get('GET', '/admin/verifications?country=US')).content[0];
    const instant = encodeURIComponent(startedAt);
    expect(await list(`from=${instant}`)).toEqual([called, pending]);
    expect(await list(`to=${instant}`)).toEqual([verified]);
    for (const to of [
      '2020-01-02',
      '"2020-01-02T00:00:00Z"',
      '2020-01-02T15:00Z',
      '2020-01-02T15:00+0200',
      '2020-01-02T15:00',
    ]) {
      expect(await list(`from=2020-01-01&to=${to}`)).toEqual([]);
      expect(await list(`from=${to}`)).toEqual([called, pending, verified]);
    }
  });

  test.each([
    'status=open',
    'country=Greece',
    'method=fax',
    'from=yesterday',
    'size=101',
    'page=-1',
    'country=GR&country=US',
    'country=ZZ',
    'carrier=sandbox&carrier=other',
    'carier=sandbox',
    'Carrier=sandbox',
    'state=Pending',
  ])('with %s is refused (400005000)', async (query) => {
    const { status, body } = await chief.ask('GET', `/admin/verifications?${query}`);
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', [query.split('=')[0]]]);
  });

  test('leaves out starts that were refused', async () => {
    const poor = await stack.addApplication({ balance: 0 });
    expect((await app.client(poor).start({ recipient: '+12025550188' })).body.code).toBe('400001009');
    expect(await list(`applicationId=${poor.applicationId}`)).toEqual([]);
    expect((await search('+12025550188')).content).toEqual([]);
  });
});

describe('one verification', () => {
  const read = (id: string) => chief.ask('GET', `/admin/verifications/${id}`);

  test('is read with the story its application sees, and whose it is; its number stays masked', async () => {
    const { status, body } = await read(verified.toUpperCase());
    const story = (await api.request('GET', `/2step/${verified}/timeline`)).body;
    const { accountId, applicationId } = first;
    expect([status, body]).toEqual([200, { ...story, accountId, applicationId }]);
    expect(body).toMatchObject({ status: 'Verified', recipient: '+30***920', rules: { digits: 6 } });
    expect(body.events.length).toBeGreaterThan(2);
    expect(JSON.stringify(body)).not.toContain('6948530');
  });

  test('that is unknown, or whose start was refused, is 404000000', async () => {
    const poor = await stack.addApplication({ balance: 0 });
    await app.client(poor).start({ recipient: AMERICAN });
    const refused = await stack.database.verifications.findOne({ outcome: 'refused' });
    const unknown = ['00000000-0000-4000-8000-000000000000', 'x', '%00', refused?._id ?? 'none'];
    for (const answer of await Promise.all(unknown.map(read))) {
      const { status, body } = answer;
      expect([status, body.code, body.properties]).toEqual([404, '404000000', { trackingId: 'is unknown' }]);
    }
  });

  test('is 401000000 without a token, and 403000000 without the scope', async () => {
    const path = `/admin/verifications/${verified}`;
    const nobody = await admin.as('nobody').ask('GET', path);
    expect([nobody.status, nobody.body.code]).toEqual([401, '401000000']);
    const other = await (await admin.operator({ scopes: ['audit:read'] })).ask('GET', path);
    expect([other.status, other.body.code]).toEqual([403, '403000000']);
  });
});

describe('a number', () => {
  test('is found by its verifications, of whichever account, newest first, and stays masked', async () => {
    const found = await search('+30 694 853-0920');
    expect(ids(found)).toEqual([called, verified]);
    expect(JSON.stringify(found)).not.toContain('6948530');
    expect((await search('+306948530921')).content).toEqual([]);
    const { content } = await chief.get('GET', '/admin/audit?action=verifications.search');
    expect(content.map(({ details }: { details: object }) => details)).toContainEqual({ recipient: '+30***920' });
    expect(admin.log.join('')).not.toContain('6948530');
  });

  test.each([undefined, '', '6948530920', 'x', 7])('%j is none (400005000)', async (recipient) => {
    const { status, body } = await chief.ask('POST', '/admin/verifications/search', { recipient });
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', ['recipient']]);
  });

  test('remembers each verification once, the newest hundred, also when they come at once', async () => {
    const { database } = stack;
    const kept = async (_id: string) => [...((await database.recipients.findOne({ _id }))?.trackingIds ?? [])];
    const noted = Array.from({ length: 105 }, (_, n) => `id-${n}`);
    for (const id of [...noted, ...noted.slice(-3)]) await noteRecipient(database, 'k1:one', id);
    expect(await kept('k1:one')).toEqual(noted.slice(-100));
    const some = noted.slice(0, 20);
    await Promise.all([...some, ...some].map((id) => noteRecipient(database, 'k1:another', id)));
    expect((await kept('k1:another')).sort()).toEqual([...some].sort());
  });

  test('is forgotten with the last of its verifications', async () => {
    const client = app.client(await stack.addApplication({ settings: { retentionInDays: 1 } }));
    const recipient = '+12025550177';
    const gone = [await client.open({ recipient }), await client.open({ recipient: GREEK })];
    for (const id of gone) {
      await client.cancel(id);
      await stack.temporal.workflow.getHandle(id).result();
    }
    const { verifications, recipients, reportState } = stack.database;
    const receivedAt = new Date(Date.now() - 3 * 86_400_000);
    await verifications.updateMany({ _id: { $in: gone } }, { $set: { receivedAt } });
    await reportState.updateOne({ _id: 'totals' }, { $set: { until: new Date() } }, { upsert: true });
    expect(await deletePastRetention(stack.database, Date.now())).toBe(2);
    const hash = recipientHash(stack.ring.maker, recipient);
    expect(await recipients.findOne({ _id: hash })).toBeNull();
    const greek = await recipients.findOne({ _id: recipientHash(stack.ring.maker, GREEK) });
    expect(greek?.trackingIds).toEqual([verified, called]);
  });

  test('is found again by a verification that is written anew from its workflow', async () => {
    await stack.database.recipients.deleteMany({});
    await stack.database.verifications.deleteOne({ _id: pending });
    await eventually(
      'asked',
      async () => (await reprojectOpen({ database: stack.database, actor: 'test' }, stack.temporal)) >= 1,
    );
    await eventually('found', async () => ids(await search(AMERICAN)).includes(pending));
  });
});
