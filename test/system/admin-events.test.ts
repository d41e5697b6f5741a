// Events through the management API: what happened by itself, each once, with a sentence.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteHeldBack, noteUnknownOutcome, noteWorkflowGone } from '../../store/events.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { createStack, type Stack } from '../support/stack.ts';

const LOST = '2361de94-e188-4512-85f8-2ef25bb9d26a';
const HELD = '7f0ad2ce-0a08-4c50-8fbb-f4392e4eb0b0';

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let poor: string;

beforeAll(async () => {
  stack = await createStack();
  admin = await startAdmin(stack);
  chief = await admin.operator({ name: 'Chief' });
  poor = (await chief.get('POST', '/admin/accounts', { name: 'Poor', currency: 'EUR' })).accountId;
  await chief.get('PATCH', `/admin/accounts/${poor}/limits`, { lowBalance: 5 });
  await chief.get('POST', `/admin/accounts/${poor}/top-ups`, { amount: 6, reference: 'paid' });
  await chief.get('POST', `/admin/accounts/${poor}/adjustments`, { amount: -2, reference: 'taken' });
  const unknown = { trackingId: LOST, send: 1, carrier: 'sandbox', reason: 'timeout', amount: 45_000 };
  await noteUnknownOutcome(stack.database, 'other', unknown);
  await noteWorkflowGone(stack.database, 'other', LOST);
  for (const _ of [1, 2]) await noteHeldBack(stack.database, poor, HELD);
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

interface Told {
  readonly kind: string;
}
const list = async (query = '') => await chief.get('GET', `/admin/events${query}`);
const kinds = async (query: string) => (await list(query)).content.map(({ kind }: Told) => kind).sort();

describe('events', () => {
  test('are listed once each, the newest first, with a sentence in the account’s currency', async () => {
    const { content, totalElements } = await list();
    expect(totalElements).toBe(4);
    const times = content.map(({ at }: { at: string }) => at);
    expect(times).toEqual([...times].sort().reverse());
    const [low] = (await list('?kind=lowBalance')).content;
    expect(low).toEqual({
      id: expect.stringContaining(poor),
      at: expect.any(String),
      kind: 'lowBalance',
      accountId: poor,
      sentence: 'The balance fell to 4.00 EUR, below the mark of 5.00 EUR',
    });
    expect((await list(`?trackingId=${LOST}&kind=workflowGone`)).content).toMatchObject([
      { accountId: 'other', trackingId: LOST, sentence: expect.stringContaining(LOST) },
    ]);
  });

  test('are filtered by kind, account, verification and time, and paged', async () => {
    expect(await kinds(`?accountId=${poor}`)).toEqual(['heldBack', 'lowBalance']);
    expect(await kinds(`?trackingId=${LOST}`)).toEqual(['unknownOutcome', 'workflowGone']);
    expect(await kinds('?accountId=nobody')).toEqual([]);
    const [{ at }] = (await list('?kind=lowBalance')).content;
    expect(await kinds(`?accountId=${poor}&from=${at}`)).toContain('lowBalance');
    expect(await kinds(`?accountId=${poor}&to=${at}`)).toEqual([]);
    const pages = [await list('?size=3'), await list('?size=3&page=1')];
    expect(pages.map(({ numberOfElements }) => numberOfElements)).toEqual([3, 1]);
    expect(new Set(pages.flatMap(({ content }) => content.map(({ id }: { id: string }) => id))).size).toBe(4);
  });

  test.each(['kind=fire', 'from=yesterday', 'size=101', 'accountId=a&accountId=b'])(
    'with %s are refused (400005000)',
    async (query) => {
      const { status, body } = await chief.ask('GET', `/admin/events?${query}`);
      expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', [query.split('=')[0]]]);
    },
  );

  test('are 401000000 without a token and 403000000 without the scope', async () => {
    const nobody = await admin.as('nobody').ask('GET', '/admin/events');
    expect([nobody.status, nobody.body.code]).toEqual([401, '401000000']);
    const other = await (await admin.operator({ scopes: ['verifications:read'] })).ask('GET', '/admin/events');
    expect([other.status, other.body.code, other.body.properties]).toEqual([403, '403000000', { scope: 'audit:read' }]);
  });
});
