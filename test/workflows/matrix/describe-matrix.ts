// Runs the cases of the matrix for one kind of carrier, all at once, on the time-skipping server.
import { randomBytes } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Carrier } from '../../../carriers/carrier.ts';
import { sendKey } from '../../../domain/delivery.ts';
import type { Method } from '../../../domain/phone.ts';
import type { Receipt } from '../../../domain/receipt.ts';
import { createReceiptTaker, type ReceiptTaker } from '../../../receipts/take-receipt.ts';
import { parseKeyRing } from '../../../secrets/key-ring.ts';
import { type Database, openDatabase } from '../../../store/database.ts';
import { findVerification } from '../../../store/verifications.ts';
import type { verificationWorkflow } from '../../../workflows/index.ts';
import { VERIFICATION_WORKFLOW, VERIFICATIONS_QUEUE } from '../../../workflows/messages.ts';
import { eventually } from '../../support/eventually.ts';
import { addFundedAccount } from '../../support/funded-account.ts';
import { expectExactLedger, movementsOf } from '../../support/ledger.ts';
import type { Outcome } from '../../support/scripted-carrier.ts';
import { drawKey } from '../../support/stack.ts';
import { startTimeSkipping, type TimeSkipping } from '../../support/time-skipping.ts';
import { verificationInput } from '../../support/verification-input.ts';
import { type Case, cases, expected, type Place, PRICE, places, scriptOf, takenOver, titleOf } from './cases.ts';

const WAIT = 30;
const LIFE = 300;

/** What the network does with a message, by its recipient. `taken` is called once it has it, before it answers. */
export interface Script {
  readonly outcome: Outcome;
  taken(messageId: string, idempotencyKey: string): Promise<void>;
}

export interface MatrixCarrier {
  readonly carrier: Carrier;
  /** What its network reports of a message, as our own code reads it. */
  receiptsOf(messageId: string, idempotencyKey: string, state: Case['state']): Promise<readonly Receipt[]>;
  stop?(): Promise<void>;
}

/** A kind of carrier, with a network behind it that does as it is told. */
export interface Subject {
  readonly method: Method;
  /** Whether it can say what became of a message whose answer was lost. */
  readonly looksUp: boolean;
  create(name: Place, scriptFor: (recipient: string) => Script | undefined): Promise<MatrixCarrier>;
}

export function describeMatrix(kind: string, { method, looksUp, create }: Subject): void {
  const ring = parseKeyRing(JSON.stringify({ keys: [drawKey('k1')] }));
  const byRecipient = new Map<string, Case>();
  const carriers = new Map<Place, MatrixCarrier>();
  let environment: TestWorkflowEnvironment;
  let database: Database;
  let server: TimeSkipping;
  let takeReceipt: ReceiptTaker;

  /** Twice, as carriers do. */
  async function report(place: Place, messageId: string, key: string, state: Case['state']) {
    const receipts = (await carriers.get(place)?.receiptsOf(messageId, key, state)) ?? [];
    expect(receipts).not.toHaveLength(0);
    for (const receipt of [...receipts, ...receipts]) await takeReceipt(place, receipt);
  }

  function scriptFor(place: Place, recipient: string): Script | undefined {
    const each = byRecipient.get(recipient);
    if (!each) return undefined;
    const before = each.place === place && each.receipt === 'before' && takenOver(each);
    return {
      outcome: scriptOf(each, place),
      taken: async (messageId, key) => {
        if (before) await report(place, messageId, key, each.state);
      },
    };
  }

  async function start(each: Case, index: number) {
    const accountId = await addFundedAccount(database, 1_000_000);
    const route = places.map((carrier) => ({ carrier, method, waitForReceiptSeconds: WAIT }));
    const recipient = `+3069485${String(index).padStart(5, '0')}`;
    byRecipient.set(recipient, each);
    const { input } = verificationInput(ring, accountId, await environment.currentTimeMs(), {
      lifetimeInSeconds: LIFE,
      recipient,
      method,
      country: 'GR',
      unitPrices: { [method]: PRICE },
      routes: { [method]: route },
    });
    const { trackingId } = input;
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
    const send = await eventually(`the outcome of: ${titleOf(each)}`, async () =>
      (await sendsOf(trackingId)).find(({ carrier, outcome }) => carrier === each.place && outcome),
    );
    const key = sendKey(trackingId, 1, send.step ?? 1);
    const answered = send.outcome?.kind === 'accepted' ? send.outcome.messageIds[0] : undefined;
    await report(each.place, answered ?? (await messageIdOf(each.place, key)), key, each.state);
  }

  /** The network knows how it named what it took, whether or not its answer arrived. */
  const names = new Map<string, string>();
  async function messageIdOf(place: Place, key: string): Promise<string> {
    return await eventually(`the name of ${key}`, async () => names.get(`${place} ${key}`));
  }

  beforeAll(async () => {
    database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
    for (const place of places) {
      const made = await create(place, (recipient) => {
        const script = scriptFor(place, recipient);
        return (
          script && {
            outcome: script.outcome,
            taken: async (messageId, key) => {
              names.set(`${place} ${key}`, messageId);
              await script.taken(messageId, key);
            },
          }
        );
      });
      carriers.set(place, made);
    }
    server = await startTimeSkipping(
      database,
      ring,
      [],
      [...carriers.values()].map(({ carrier }) => carrier),
    );
    environment = server.environment;
    takeReceipt = createReceiptTaker({ database, temporal: environment.client, warn: () => undefined });
  });
  afterAll(async () => {
    await server?.stop();
    for (const { carrier, stop } of carriers.values()) {
      await carrier.close?.();
      await stop?.();
    }
    await database?.close();
  });

  describe(`a message through ${kind}`, () => {
    test(`of all ${cases.length} kinds is sent, charged and ended as its outcomes and receipts say`, async () => {
      const started: Awaited<ReturnType<typeof start>>[] = [];
      for (const [index, each] of cases.entries()) started.push(await start(each, index));
      await Promise.all(started.map(reportAfterwards));
      const found = [];
      for (const { each, accountId, trackingId, handle } of started) {
        const { outcome, charged } = await handle.result();
        const sends = await sendsOf(trackingId);
        const movements = await movementsOf(database, accountId, trackingId);
        await expectExactLedger(database, accountId);
        const asked = sends.map(({ carrier }) => carrier);
        found.push({ title: titleOf(each), asked, status: outcome, charged, movements });
      }
      const right = cases.map((each) => {
        const what = expected(each, looksUp);
        return { title: titleOf(each), ...what, movements: ['reserve', what.charged > 0 ? 'charge' : 'release'] };
      });
      expect(found).toEqual(right);
    });
  });
}
