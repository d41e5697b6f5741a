// Verifications through an SMSC that misbehaves: hex ids, receipts before answers, throttling, connections lost in the middle.
// SMPP_VERIFICATIONS=1000 runs as many; a smaller number is part of every run.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SendRecord, sendKey } from '../../domain/delivery.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, ledgerOf } from '../support/ledger.ts';
import { bound, PASSWORD } from '../support/smpp-carrier.ts';
import { misfortune, secondsOf } from '../support/smpp-traffic.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const COUNT = Number(process.env.SMPP_VERIFICATIONS ?? 60);
const AT_A_TIME = 20;
const LIFE_SECONDS = 600;
const PRICE = 45_000;

let smsc: Smsc;
let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let app: TestApplication;

beforeAll(async () => {
  [smsc, stack] = await Promise.all([startSmsc({}, () => {}), createStack()]);
  admin = await startAdmin(stack);
  [chief] = await Promise.all([admin.operator(), stack.startWorker(), stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication({ settings: { lifetimeInSeconds: LIFE_SECONDS } });
  await smsc.set({ responseId: 'HEX', receiptTextId: 'paddedDecimal', receiptTlvId: 'none' });
  await smsc.set({ receiptBeforeResponse: true, ratePerSecond: 40, respondAfterMs: 20, password: PASSWORD });
  const { host, port } = smsc;
  const settings = {
    host,
    port,
    systemId: 'twostep',
    messageIds: { response: 'hex' },
    binds: 2,
    reconnectMaxSeconds: 1,
  };
  await chief.get('PUT', '/admin/carriers/acme', { type: 'smpp', settings, secrets: { password: PASSWORD } });
  await chief.get('PUT', '/admin/routes/all/everywhere', { steps: [{ carrier: 'acme', method: 'sms' }] });
  await bound(smsc, undefined, 2);
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
  await smsc?.stop();
});

/** Codes by recipient, as the phones have them. */
const codes = new Map<string, string>();
async function readPhones() {
  for (const { accepted, destination, text } of await smsc.submits()) {
    const code = accepted && /\d{6}/.exec(text)?.[0];
    if (code) codes.set(`+${destination.address}`, code);
  }
}

const sendOf = async (trackingId: string): Promise<SendRecord | undefined> =>
  (await stack.database.verifications.findOne({ _id: trackingId }))?.sends[0];

/** Verifies a number as a person would, who types what the phone shows. Says what became of it. */
async function verify(recipient: string) {
  const trackingId = await app.api.open({ recipient });
  const outcome = await eventually(
    `the outcome of ${recipient}`,
    async () => (await sendOf(trackingId))?.outcome,
    60_000,
  );
  // Whatever was lost on the way to the SMSC never reached a phone.
  const code = await eventually(`the code of ${recipient}`, async () => codes.get(recipient), 3_000).catch(
    () => undefined,
  );
  if (code === undefined) return { trackingId, recipient, outcome: outcome.kind, verified: false };
  const { body } = await app.api.confirm(trackingId, code);
  return { trackingId, recipient, outcome: outcome.kind, verified: body.status === 'Verified' };
}

test(`${COUNT} verifications through it: each phone has one message at most, each message is paid for once, none is lost`, async () => {
  const looking = setInterval(() => void readPhones().catch(() => undefined), 200);
  const found: Awaited<ReturnType<typeof verify>>[] = [];
  let next = 0;
  const person = async () => {
    while (next < COUNT) {
      const index = next;
      next += 1;
      if (index === Math.floor(COUNT / 4)) await smsc.rule({ times: 5 }, { status: 0x58 });
      if (index === Math.floor(COUNT / 2)) await misfortune(smsc);
      found.push(await verify(`+3069485${String(index).padStart(5, '0')}`));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, person));
  clearInterval(looking);

  const submits = await smsc.submits();
  const accepted = submits.filter((each) => each.accepted).map(({ destination }) => `+${destination.address}`);
  expect(new Set(accepted).size).toBe(accepted.length);
  expect(submits.filter((each) => secondsOf(each.validityPeriod) > LIFE_SECONDS)).toEqual([]);
  expect(submits.filter(({ status }) => status === 0x58).length).toBeGreaterThan(0);

  const phones = new Set(accepted);
  expect(found.filter(({ recipient, verified }) => verified !== phones.has(recipient))).toEqual([]);
  expect(found.filter(({ outcome, verified }) => outcome === 'accepted' && !verified)).toEqual([]);

  for (const { trackingId, verified } of found) if (!verified) await app.api.cancel(trackingId);
  for (const { trackingId } of found) await stack.temporal.workflow.getHandle(trackingId).result();
  const { reserved } = await expectExactLedger(stack.database, app.accountId);
  expect(reserved).toBe(0);
  const rows = await ledgerOf(stack.database, app.accountId);
  expect(
    rows
      .filter(({ kind }) => kind === 'charge')
      .map(({ trackingId }) => trackingId)
      .sort(),
  ).toEqual(
    found
      .filter(({ verified }) => verified)
      .map(({ trackingId }) => trackingId)
      .sort(),
  );
  expect(rows.filter(({ kind }) => kind === 'charge').every(({ amount }) => amount === PRICE)).toBe(true);

  // Every receipt found its verification, in time or late.
  const reported = async () => {
    const without: string[] = [];
    for (const { trackingId, outcome } of found.filter((each) => each.outcome === 'accepted')) {
      const late = await stack.database.lateReceipts.findOne({ _id: trackingId });
      const inTime = (await sendOf(trackingId))?.receipts ?? [];
      const states = [...inTime, ...(late?.receipts ?? [])].map(({ state }) => state);
      if (!states.includes('delivered')) without.push(`${sendKey(trackingId, 1)} ${outcome}`);
    }
    return without.length === 0;
  };
  await eventually('a receipt of every accepted message', reported, 30_000);
}, 600_000);
