// The audit trail through the management API: every change in it, exactly once, with what was before and after.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeAccount } from '../../admin/accounts.ts';
import { actOf } from '../../admin/operator.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;

beforeAll(async () => {
  stack = await createStack();
  admin = await startAdmin(stack);
  chief = await admin.operator({ name: 'Chief' });
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

interface Act {
  readonly actor: string;
  readonly action: string;
  readonly details: { readonly before: { readonly name: string }; readonly after: { readonly name: string } };
}

const acts = async (query: string): Promise<Act[]> =>
  (await chief.get('GET', `/admin/audit?size=100&${query}`)).content;
const actions = (content: readonly Act[]) => content.map(({ action }) => action);

describe('the trail', () => {
  test('holds one row for each change and none for what changed nothing, by whom and with what before and after', async () => {
    const maria = await admin.operator({ name: 'Maria' });
    const { accountId } = await maria.get('POST', '/admin/accounts', { name: 'Acme', currency: 'EUR' });
    const { applicationId, secrets } = await maria.get('POST', '/admin/applications', { accountId, name: 'Shop' });
    const [first] = secrets;
    const path = `/admin/applications/${applicationId}`;
    await maria.get('PATCH', `/admin/accounts/${accountId}`, { name: 'Acme' });
    await maria.get('PATCH', path, { name: 'Shop', disabled: false });
    await maria.get('PATCH', `${path}/settings`, { digits: 6 });
    await maria.get('PATCH', `${path}/settings`, { digits: 7, maxRetries: 3 });
    await maria.get('PATCH', path, { name: 'Store' });
    const { secretId } = await maria.get('POST', `${path}/secrets`);
    await maria.get('DELETE', `${path}/secrets/${first.secretId}`);
    const rotated = await maria.get('POST', `${path}/secrets/rotate`, { graceSeconds: 60 });
    await maria.get('POST', `${path}/revoke-tokens`);
    await maria.get('DELETE', path);
    const rows = await acts(`operatorId=${maria.operatorId}`);
    expect(rows.reverse().map(({ actor, action, details }) => [actor, action, details])).toEqual([
      ['Maria', 'account.create', { accountId, name: 'Acme', currency: 'EUR' }],
      ['Maria', 'application.create', { applicationId, accountId, name: 'Shop' }],
      ['Maria', 'application.settings', { applicationId, before: { digits: 6 }, after: { digits: 7 } }],
      ['Maria', 'application.change', { applicationId, before: { name: 'Shop' }, after: { name: 'Store' } }],
      ['Maria', 'application.addSecret', { applicationId, secretId }],
      ['Maria', 'application.removeSecret', { applicationId, secretId: first.secretId }],
      ['Maria', 'application.rotateSecret', { applicationId, secretId: rotated.secretId, graceSeconds: 60 }],
      ['Maria', 'application.revokeTokens', { applicationId }],
      ['Maria', 'application.delete', { applicationId, accountId, name: 'Store' }],
    ]);
  });

  test('is filtered by who, what, on what and when, and paged', async () => {
    const { accountId } = await chief.get('POST', '/admin/accounts', { name: 'Filtered', currency: 'EUR' });
    const on = `accountId=${accountId}`;
    await chief.get('POST', `/admin/accounts/${accountId}/top-ups`, { amount: 1, reference: 'r' });
    const [{ at }] = (await chief.get('GET', `/admin/audit?${on}`)).content;
    expect(actions(await acts(on))).toEqual(['account.topUp', 'account.create']);
    expect(actions(await acts(`${on}&from=${at}`))).toContain('account.topUp');
    expect(actions(await acts(`${on}&to=${at}`))).not.toContain('account.topUp');
    expect(await acts(`${on}&to=2020-01-01`)).toEqual([]);
    expect(actions(await acts(`${on}&action=account.topUp`))).toEqual(['account.topUp']);
    expect(await acts(`${on}&actor=Maria`)).toEqual([]);
    const page = await chief.get('GET', `/admin/audit?${on}&size=1&page=1`);
    expect([actions(page.content), page.totalElements]).toEqual([['account.create'], 2]);
  });

  test('gets the row of a change whose process died before it could write it, once', async () => {
    const { accountId } = await chief.get('POST', '/admin/accounts', { name: 'Crashed', currency: 'EUR' });
    const { database } = stack;
    const operator = { database, actor: 'Ghost' };
    const dies = async (before: string, after: string) => {
      const lastAct = actOf(operator, 'account.change', {
        accountId,
        before: { name: before },
        after: { name: after },
      });
      await database.accounts.updateOne({ _id: accountId }, { $set: { name: after, lastAct }, $inc: { version: 1 } });
    };
    await dies('Crashed', 'Half');
    await changeAccount(operator, accountId, { name: 'Whole' });
    expect(await database.audit.countDocuments({ 'details.accountId': accountId })).toBe(3);
    await dies('Whole', 'Last');
    for (const _ of [1, 2]) expect(await acts(`accountId=${accountId}`)).toHaveLength(4);
    expect(await database.accounts.findOne({ _id: accountId })).not.toHaveProperty('lastAct');
  });

  test('of many changes at once begins each row where the one before it ended', async () => {
    const { accountId } = await chief.get('POST', '/admin/accounts', { name: '0', currency: 'EUR' });
    const names = Array.from({ length: 12 }, (_, n) => String(n + 1));
    await Promise.all(names.map((name) => chief.get('PATCH', `/admin/accounts/${accountId}`, { name })));
    const rows = await acts(`accountId=${accountId}&action=account.change`);
    const next = new Map(rows.map(({ details: { before, after } }) => [before.name, after.name]));
    expect(next.size).toBe(12);
    const last = names.reduce((name) => next.get(name) ?? 'the chain is broken', '0');
    expect((await chief.get('GET', `/admin/accounts/${accountId}`)).name).toBe(last);
  });
});
