// The ledger audit over real verifications: by workflow, by schedule, by command; and money whose workflow was cut off.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerAuditAnswer, LedgerAuditRequest } from '../../activities/ledger-audit.ts';
import { VERIFICATIONS_QUEUE } from '../../workflows/messages.ts';
import { wrongCode } from '../support/api-client.ts';
import { runFile } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { moveTail } from '../support/ledger.ts';
import type { TestProcess } from '../support/process.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let worker: TestProcess;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  [worker] = await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication({ balance: 100 });
});
afterAll(() => stack?.stop());

let audits = 0;
const audit = (request: LedgerAuditRequest = {}): Promise<LedgerAuditAnswer> => {
  audits += 1;
  return stack.temporal.workflow.execute('ledgerAuditWorkflow', {
    workflowId: `audit-${audits}`,
    taskQueue: VERIFICATIONS_QUEUE,
    args: [request],
  });
};
const command = (...args: string[]) =>
  runFile('admin/ledger-audit-command.ts', args, { ...stack.env, USER: 'operator' });
const closed = (trackingId: string) => stack.temporal.workflow.getHandle(trackingId).result();
const lines = () =>
  worker
    .output()
    .split('\n')
    .filter((line) => line.includes('Ledger audit: '));

/** A verification whose only send never has a known outcome, so that its reservation stays open. */
const openReservation = () => app.api.open({ recipient: '+12025550104', lifetimeInSeconds: 600 });
const terminate = (trackingId: string) => stack.temporal.workflow.getHandle(trackingId).terminate('by a test');

describe('the ledger audit', () => {
  test('accounts for every cent of real verifications, whatever their endings', async () => {
    const verified = await app.api.open();
    await app.api.confirm(verified, await app.api.code(verified));
    const failed = await app.api.open({ maxRetries: 0 });
    await app.api.confirm(failed, wrongCode(await app.api.code(failed)));
    const cancelled = await app.api.open();
    await app.api.code(cancelled);
    await app.api.cancel(cancelled);
    const refused = await app.api.open({ recipient: '+12025550100' });
    await Promise.all([verified, failed, cancelled, refused].map(closed));
    const open = await openReservation();

    const expected = '1 account, 10 rows: every cent is accounted for; 1 reservation is open.';
    expect(await audit()).toEqual({ exact: true, sentence: expected, doubtful: [] });
    expect(await stack.database.audits.findOne({ _id: 'ledger' })).toMatchObject({
      sentence: expected,
      differences: [],
    });
    expect(await command()).toEqual({ code: 0, stdout: expected, stderr: '' });
    await eventually('the worker says so', async () => lines().at(-1)?.includes(expected));
    expect(JSON.parse(lines().at(-1) ?? '')).toMatchObject({ level: 30 });
    await terminate(open);
    expect((await audit({ abandonedAfterMs: 0 })).sentence).toContain('no reservation is open.');
  });

  test('runs by a schedule', async () => {
    const before = (await stack.database.audits.findOne({ _id: 'ledger' }))?.at.getTime() ?? 0;
    const schedule = stack.temporal.schedule.getHandle('ledger-audit');
    expect((await schedule.describe()).spec.intervals).toMatchObject([{ every: 900_000 }]);
    await schedule.trigger();
    await eventually('another result', async () => {
      const result = await stack.database.audits.findOne({ _id: 'ledger' });
      return (result?.at.getTime() ?? 0) > before;
    });
  });

  test('does not understand words it has no use for', async () => {
    for (const args of [['now'], ['--abandoned-after', 'x'], ['--unknown']]) {
      expect(await command(...args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Usage: ') });
    }
  });
});

describe('a reservation whose workflow was terminated', () => {
  const timeline = async (trackingId: string): Promise<string[]> =>
    (await app.api.request('GET', `/2step/${trackingId}/timeline`)).body.events.map(
      ({ event, sentence }: { event: string; sentence: string }) => `${event}: ${sentence}`,
    );

  test('is left alone at first, and given back after its age where no message is known to have been accepted', async () => {
    const before = await app.api.balance();
    const [cutOff, running] = [await openReservation(), await openReservation()];
    await terminate(cutOff);
    expect((await audit()).sentence).toMatch(/every cent is accounted for; 2 reservations are open\.$/);
    expect((await audit({ abandonedAfterMs: 0 })).sentence).toMatch(
      /1 reservation is open\. 1 reservation without a workflow was settled: 0 charged, 1 given back\.$/,
    );
    expect((await audit({ abandonedAfterMs: 0 })).sentence).toMatch(/accounted for; 1 reservation is open\.$/);
    expect(await stack.database.audit.findOne({ _id: `ledgerAudit:${cutOff}:settle:1` })).toMatchObject({
      actor: 'ledger audit',
      action: 'reservation.release',
      details: { trackingId: cutOff, amount: 0.009 },
    });
    expect(await timeline(cutOff)).toContain(
      'operator: 0.009 EUR given back, since its workflow is gone: Settled by the ledger audit',
    );
    await terminate(running);
    await audit({ abandonedAfterMs: 0 });
    expect(await app.api.balance()).toBe(before);
  });

  test('is charged where its message was accepted, by the command too', async () => {
    const before = await app.api.balance();
    const trackingId = await openReservation();
    await terminate(trackingId);
    const accepted = {
      n: 1,
      carrier: 'sandbox',
      method: 'sms',
      outcome: { kind: 'accepted', messageIds: ['m'], parts: 1 },
    };
    await stack.database.verifications.updateOne({ _id: trackingId }, { $set: { sends: [accepted] } } as never);
    const { code, stdout } = await command('--abandoned-after', '0', '--as', 'Zoe');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /no reservation is open\. 1 reservation without a workflow was settled: 1 charged, 0 given back\.$/,
    );
    expect(await stack.database.audit.findOne({ _id: `ledgerAudit:${trackingId}:settle:1` })).toMatchObject({
      actor: 'Zoe',
      action: 'reservation.charge',
    });
    expect(Math.round((before - (await app.api.balance())) * 1e6)).toBe(9_000);
  });
});

describe('a reservation whose workflow was terminated over a send without an outcome', () => {
  test('waits with the command for the audit of the worker, which asks the carrier first', async () => {
    const trackingId = await openReservation();
    await terminate(trackingId);
    const { stdout } = await command('--abandoned-after', '0');
    expect(stdout).toMatch(
      /1 reservation is open\. 1 reservation without a workflow waits for the word of the carrier, which the audit of the worker asks for\.$/,
    );
    expect((await audit({ abandonedAfterMs: 0 })).sentence).toMatch(
      /no reservation is open\. 1 reservation without a workflow was settled: 0 charged, 1 given back\.$/,
    );
  });
});

describe('a ledger that differs', () => {
  test('is told as an error by the worker, and ends the command with 1', async () => {
    const other = await stack.addApplication({ balance: 1 });
    const trackingId = await other.api.open();
    await other.api.cancel(trackingId);
    // Its money is settled, so that every audit sees the same rows.
    await closed(trackingId);
    await moveTail(stack.database, other.accountId);
    await stack.database.ledger.deleteOne({ _id: `${other.accountId}:topUp:1` });
    const { exact, sentence } = await audit();
    expect([exact, sentence]).toEqual([false, expect.stringMatching(/^2 accounts, \d+ rows: \d differences? found; /)]);
    await eventually('the worker says so', async () => lines().at(-1)?.includes(sentence));
    const { level, differences } = JSON.parse(lines().at(-1) ?? '');
    expect([level, differences[0]]).toEqual([50, `account ${other.accountId}: row 1 is missing`]);
    const { code, stdout } = await command();
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(0, 2)).toEqual([sentence, `account ${other.accountId}: row 1 is missing`]);
  });
});
