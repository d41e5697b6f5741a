// Money by hand: top-ups and adjustments that are harmless to repeat, limits, marks, refunds in a timeline.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adjust, changeCreditLimit, changeLowBalance, readFunds, topUp } from '../../admin/funds.ts';
import { runFile } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import type { TestProcess } from '../support/process.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let worker: TestProcess;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  [worker] = await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication({ balance: 10 });
});
afterAll(() => stack?.stop());

const funds = (...args: string[]) => runFile('admin/funds-command.ts', args, { ...stack.env, USER: 'operator' });
const traces = async (accountId: string) =>
  (await stack.database.audit.find().toArray())
    .filter(({ details }) => details.accountId === accountId)
    .sort((a, b) => a.at.getTime() - b.at.getTime());

describe('a top-up', () => {
  test('by the same reference again is the same top-up, also when made at once; another amount is refused', async () => {
    const { accountId, api } = await stack.addApplication({ balance: 10 });
    const made = await Promise.all([1, 2, 3].map(() => funds('top-up', accountId, '12.50', 'Invoice 7')));
    expect(new Set(made.map(({ code, stdout }) => `${code} ${stdout}`)).size).toBe(1);
    expect(made[0]?.stdout).toMatch(/^Top-up of 12\.5 under Invoice 7, made .*: 10 before, 22\.5 after$/);
    expect(await api.balance()).toBe(22.5);
    expect(await funds('top-up', accountId, '12', 'Invoice 7')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Reference Invoice 7 was used already, with 12.5: use another',
    });
    await funds('top-up', accountId, '1', 'Invoice 8');
    expect(await funds('top-up', accountId, '12.50', 'Invoice 7')).toEqual(made[0]);
    expect(await api.balance()).toBe(23.5);
    expect((await traces(accountId)).map(({ actor, action, details }) => [actor, action, details])).toEqual([
      ['operator', 'account.topUp', { accountId, amount: 12.5, reference: 'Invoice 7', before: 10, after: 22.5 }],
      ['operator', 'account.topUp', { accountId, amount: 1, reference: 'Invoice 8', before: 22.5, after: 23.5 }],
    ]);
  });

  test('below the smallest, without a usable reference or on no account is refused, as is the like of it', async () => {
    const operator = { database: stack.database, actor: 'test' };
    const [accountId, balance] = [app.accountId, await app.api.balance()];
    const refusals = [
      () => topUp(operator, 'nobody', 1, 'r'),
      () => readFunds(stack.database, 'nobody'),
      () => changeCreditLimit(operator, 'nobody', 1),
      () => changeLowBalance(operator, 'nobody', 1),
      () => topUp(operator, accountId, 0, 'r'),
      () => topUp(operator, accountId, -1, 'r'),
      () => topUp(operator, accountId, 1, ' '),
      () => adjust(operator, accountId, 1, 'x'.repeat(101)),
      () => adjust(operator, accountId, 0, 'r'),
      () => changeCreditLimit(operator, accountId, -1),
    ];
    const said = [];
    for (const refused of refusals) said.push(await refused().then(String, ({ message }: Error) => message));
    expect(said).toEqual([
      ...Array(4).fill('There is no account nobody'),
      ...Array(2).fill('A top-up is an amount above zero'),
      ...Array(2).fill('A reference of 1 to 100 visible characters is needed'),
      'An adjustment of nothing is none',
      'A credit limit is zero or more, or unlimited',
    ]);
    expect(await app.api.balance()).toBe(balance);
  });

  test('that is not understood is answered with how to ask', async () => {
    for (const args of [
      ['top-up', 'a', '1'],
      ['pay', 'a', '1', 'r'],
      ['top-up', 'a', '1,5', 'r'],
    ]) {
      const { code, stderr } = await funds(...args);
      expect([code, stderr]).toEqual([1, expect.stringContaining('Usage:\n  npm run funds -- show <account>')]);
    }
  });
});

describe('an adjustment', () => {
  test('may be a refund for a verification, which its timeline shows once', async () => {
    const trackingId = await app.api.open();
    await app.api.confirm(trackingId, await app.api.code(trackingId));
    await stack.temporal.workflow.getHandle(trackingId).result();
    const before = await app.api.balance();
    const refund = () =>
      funds('adjust', app.accountId, '0.045', 'Ticket 12', '--tracking-id', trackingId.toUpperCase());
    expect((await refund()).code).toBe(0);
    expect((await refund()).code).toBe(0);
    expect(Math.round(((await app.api.balance()) - before) * 1e6)).toBe(45_000);
    const { events } = (await app.api.request('GET', `/2step/${trackingId}/timeline`)).body;
    expect(events.filter(({ event }: { event: string }) => event === 'operator')).toEqual([
      { at: expect.any(String), event: 'operator', sentence: '0.045 EUR given back by the operator: Ticket 12' },
    ]);
    expect((await app.api.request('GET', '/accounts/me/ledger?size=1')).body.content[0]).toMatchObject({
      kind: 'adjustment',
      trackingId,
      reference: 'Ticket 12',
    });
  });

  test('for a verification the account never paid for is refused', async () => {
    const trackingId = await app.api.open();
    const stranger = await stack.addApplication({ balance: 1 });
    expect((await funds('adjust', stranger.accountId, '1', 'r', '--tracking-id', trackingId)).stderr).toBe(
      `Account ${stranger.accountId} never paid for a verification ${trackingId}`,
    );
    await app.api.cancel(trackingId);
  });

  test('may take a balance below zero, whatever the credit limit', async () => {
    const { accountId, api } = await stack.addApplication({ balance: 1 });
    expect((await funds('adjust', accountId, '-1.5', 'Chargeback')).code).toBe(0);
    expect(await api.balance()).toBe(-0.5);
  });
});

describe('a credit limit', () => {
  test('lets starts go that far below zero, unlimited or not at all, and is told with the balance', async () => {
    const { accountId, api } = await stack.addApplication({ balance: 0 });
    const cancelled = async () => {
      const trackingId = await api.open();
      // One cancelled before its send begins is paid back.
      await api.happened(trackingId, 'charged');
      await api.cancel(trackingId);
    };
    expect((await api.start()).body.code).toBe('400001009');
    const shown = await funds('credit-limit', accountId, '0.05');
    expect(shown.stdout).toBe(`Account ${accountId}: 0 EUR available; credit limit 0.05, low-balance mark none`);
    await cancelled();
    expect((await api.start()).body.code).toBe('400001009');
    expect((await funds('credit-limit', accountId, 'unlimited')).stdout).toContain('credit limit unlimited');
    await cancelled();
    expect((await funds('credit-limit', accountId, '0')).stdout).toContain('credit limit 0,');
    expect((await api.start()).body.code).toBe('400001009');
    expect((await traces(accountId)).map(({ details }) => [details.before, details.after])).toEqual([
      [0, 0.05],
      [0.05, 'unlimited'],
      ['unlimited', 0],
    ]);
  });
});

describe('the low-balance mark', () => {
  test('is told once per crossing, by an event and a warning of the worker', async () => {
    const { accountId, api } = await stack.addApplication({ balance: 0.2 });
    const events = () => stack.database.events.find({ accountId }).toArray();
    const warnings = () =>
      worker
        .output()
        .split('\n')
        .filter((line) => line.includes('balance of an account is low') && line.includes(accountId));
    expect((await funds('low-balance', accountId, '0.12')).stdout).toContain('low-balance mark 0.12');
    const open = async () => {
      const trackingId = await api.open();
      await api.code(trackingId);
      await api.cancel(trackingId);
      await stack.temporal.workflow.getHandle(trackingId).result();
    };
    await open();
    expect(await events()).toEqual([]);
    await open();
    const [crossing] = await events();
    expect(crossing).toMatchObject({ kind: 'lowBalance', available: 110_000, lowBalance: 120_000 });
    await eventually('the warning', async () => warnings().length === 1);
    expect(JSON.parse(warnings()[0] ?? '')).toMatchObject({ level: 40, accountId, available: 0.11, mark: 0.12 });
    await open();
    expect(await events()).toEqual([crossing]);

    await funds('top-up', accountId, '1', 'more');
    expect((await funds('adjust', accountId, '-1', 'less')).stdout).toMatch(/went below the mark of 0\.12$/);
    expect(await events()).toHaveLength(2);
    expect((await funds('low-balance', accountId, 'none')).stdout).toContain('low-balance mark none');
    await funds('top-up', accountId, '1', 'more again');
    await funds('adjust', accountId, '-1', 'less again');
    expect(await events()).toHaveLength(2);
    expect(warnings()).toHaveLength(1);
  });
});
