// Every outcome of a carrier x its place on the route x its receipt: the right sends, status and money, on the time-skipping server.
import { randomBytes } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { DeliveryState } from '../../domain/receipt.ts';
import { parseKeyRing } from '../../secrets/key-ring.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { findVerification } from '../../store/verifications.ts';
import type { verificationWorkflow } from '../../workflows/index.ts';
import { deliveryReportSignal, VERIFICATION_WORKFLOW, VERIFICATIONS_QUEUE } from '../../workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { addFundedAccount } from '../support/funded-account.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { messageIdOf, type Outcome, outcomes, scriptedCarrier } from '../support/scripted-carrier.ts';
import { drawKey } from '../support/stack.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';
import { verificationInput } from '../support/verification-input.ts';

const PRICE = 9_000;
const WAIT = 30;
const LIFE = 300;
const places = ['first', 'middle', 'last'] as const;
const receipts = ['none', 'before', 'after'] as const;
type Place = (typeof places)[number];

interface Case {
  readonly outcome: Outcome;
  readonly place: Place;
  readonly receipt: (typeof receipts)[number];
  readonly state: Exclude<DeliveryState, 'underway'>;
}

const cases: Case[] = outcomes.flatMap((outcome) =>
  places.flatMap((place) =>
    receipts.flatMap((receipt) =>
      (receipt === 'none' ? (['delivered'] as const) : (['delivered', 'undelivered'] as const)).map((state) => ({
        outcome,
        place,
        receipt,
        state,
      })),
    ),
  ),
);
const title = ({ outcome, place, receipt, state }: Case) =>
  `${outcome} by the ${place}${receipt === 'none' ? ', no receipt' : `, ${state} by a receipt ${receipt} the answer`}`;

/** Carriers before the one in question refuse; those after it accept, and say no more. */
const scriptOf = (each: Case, place: Place): Outcome => {
  const distance = places.indexOf(place) - places.indexOf(each.place);
  return distance < 0 ? 'rejected' : distance === 0 ? each.outcome : 'accepted';
};

/** A receipt speaks of messages that the carrier took over, or may have. */
const takenOver = ({ outcome }: Case) => outcome === 'accepted' || outcome === 'unknown';
const reported = (each: Case) => (each.receipt === 'none' || !takenOver(each) ? undefined : each.state);

/** What must come of it, written down anew from CONTRACT.md and the issue, not from the code. */
function expected(each: Case) {
  const asked: Place[] = [];
  let accepted = false;
  for (const place of places) {
    asked.push(place);
    const outcome = scriptOf(each, place);
    const state = place === each.place ? reported(each) : undefined;
    const last = place === 'last';
    accepted ||= outcome === 'accepted' || state !== undefined;
    const goesOn = state === undefined ? true : state === 'undelivered';
    if (last || !goesOn) break;
  }
  const doubt = asked.some((place) => ['unknown', 'fault'].includes(scriptOf(each, place)) && place === 'last');
  const silentDoubt = each.outcome === 'unknown' && reported(each) === undefined;
  const status = accepted || doubt || silentDoubt ? 'Expired' : 'Failed';
  return { asked, status, charged: accepted ? PRICE : 0 };
}

const ring = parseKeyRing(JSON.stringify({ keys: [drawKey('k1')] }));
const byTrackingId = new Map<string, Case>();
let environment: TestWorkflowEnvironment;
let database: Database;
let server: TimeSkipping;

const report = async (trackingId: string, carrier: string, key: string, state: DeliveryState) => {
  const step = Number(key.split('.')[1] ?? 1);
  const messageId = messageIdOf(carrier, key);
  const handle = environment.client.workflow.getHandle(trackingId);
  await handle.signal(deliveryReportSignal, { n: 1, step, carrier, messageId, state, at: Date.now() });
};

const carriers = places.map((place) =>
  scriptedCarrier(place, (trackingId) => {
    const each = byTrackingId.get(trackingId);
    if (!each) return undefined;
    const before = each.place === place && each.receipt === 'before' && takenOver(each);
    return {
      outcome: scriptOf(each, place),
      ...(before && { sending: (key: string) => report(trackingId, place, key, each.state) }),
    };
  }),
);

async function start(each: Case) {
  const accountId = await addFundedAccount(database, 1_000_000);
  const route = places.map((carrier) => ({ carrier, method: 'sms' as const, waitForReceiptSeconds: WAIT }));
  const now = await environment.currentTimeMs();
  const { input } = verificationInput(ring, accountId, now, { lifetimeInSeconds: LIFE, routes: { sms: route } });
  const { trackingId } = input;
  byTrackingId.set(trackingId, each);
  const handle = await environment.client.workflow.start<typeof verificationWorkflow>(VERIFICATION_WORKFLOW, {
    taskQueue: VERIFICATIONS_QUEUE,
    workflowId: trackingId,
    args: [input],
  });
  return { each, accountId, trackingId, handle };
}

const sendsOf = async (trackingId: string) => (await findVerification(database, trackingId))?.sends ?? [];

/** Once the outcome stands in the projection; the clock stands still meanwhile. */
async function reportAfterwards({ each, trackingId }: Awaited<ReturnType<typeof start>>) {
  if (each.receipt !== 'after' || !takenOver(each)) return;
  const send = await eventually(`the outcome of: ${title(each)}`, async () =>
    (await sendsOf(trackingId)).find(({ carrier, outcome }) => carrier === each.place && outcome),
  );
  const key = `${trackingId}:send:1${send.step ? `.${send.step}` : ''}`;
  // Twice, as carriers do.
  for (const _ of [1, 2]) await report(trackingId, each.place, key, each.state);
}

beforeAll(async () => {
  database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
  server = await startTimeSkipping(database, ring, [], carriers);
  environment = server.environment;
});
afterAll(async () => {
  await server?.stop();
  await database?.close();
});

describe('a message', () => {
  test(`of all ${cases.length} kinds is sent, charged and ended as its outcomes and receipts say`, async () => {
    const started: Awaited<ReturnType<typeof start>>[] = [];
    for (const each of cases) started.push(await start(each));
    await Promise.all(started.map(reportAfterwards));
    const found = [];
    for (const { each, accountId, trackingId, handle } of started) {
      const { outcome, charged } = await handle.result();
      const sends = await sendsOf(trackingId);
      const movements = await movementsOf(database, accountId, trackingId);
      await expectExactLedger(database, accountId);
      found.push({
        title: title(each),
        asked: sends.map(({ carrier }) => carrier),
        status: outcome,
        charged,
        movements,
      });
    }
    expect(found).toEqual(
      cases.map((each) => ({
        title: title(each),
        ...expected(each),
        movements: ['reserve', expected(each).charged > 0 ? 'charge' : 'release'],
      })),
    );
  });
});
