// One kind of carrier at all three places of a route, and the cases of the matrix played through it, all at once.
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { expect } from 'vitest';
import { sendKey } from '../../../domain/delivery.ts';
import { createReceiptTaker } from '../../../receipts/take-receipt.ts';
import type { KeyRing } from '../../../secrets/key-ring.ts';
import type { Database } from '../../../store/database.ts';
import { findVerification } from '../../../store/verifications.ts';
import type { verificationWorkflow } from '../../../workflows/index.ts';
import { VERIFICATION_WORKFLOW, VERIFICATIONS_QUEUE } from '../../../workflows/messages.ts';
import { eventually } from '../../support/eventually.ts';
import { addFundedAccount } from '../../support/funded-account.ts';
import { expectExactLedger, movementsOf } from '../../support/ledger.ts';
import { verificationInput } from '../../support/verification-input.ts';
import { type Case, casesOf, type Place, PRICE, places, scriptOf, takenOver, titleOf } from './cases.ts';
import type { MatrixCarrier, Script, Subject } from './subject.ts';

const WAIT = 30;
const LIFE = 300;

export interface MatrixRun {
  readonly carriers: ReadonlyMap<Place, MatrixCarrier>;
  /** What came of every case, in their order. */
  play(surroundings: Surroundings): Promise<object[]>;
}

interface Surroundings {
  readonly ring: KeyRing;
  readonly database: Database;
  readonly environment: TestWorkflowEnvironment;
}

/** @param kind what its carriers are called, before their place */
export async function createRun(kind: string, subject: Subject): Promise<MatrixRun> {
  const { method, create } = subject;
  const byRecipient = new Map<string, Case>();
  /** The network knows how it named what it took, whether or not its answer arrived. */
  const ids = new Map<string, string>();
  const carriers = new Map<Place, MatrixCarrier>();
  const nameOf = (place: Place) => `${kind}-${place}`;
  let takeReceipt: (place: Place, messageId: string, key: string, state: Case['state']) => Promise<void>;

  const scriptFor = (place: Place, recipient: string): Script | undefined => {
    const each = byRecipient.get(recipient);
    if (!each) return undefined;
    const before = each.place === place && each.receipt === 'before' && takenOver(each);
    return {
      outcome: scriptOf(each, place),
      taken: async (messageId, key) => {
        ids.set(`${place} ${key}`, messageId);
        if (before) await takeReceipt(place, messageId, key, each.state);
      },
    };
  };
  for (const place of places) {
    carriers.set(place, await create(nameOf(place), (recipient) => scriptFor(place, recipient)));
  }

  async function play({ ring, database, environment }: Surroundings): Promise<object[]> {
    const take = createReceiptTaker({ database, temporal: environment.client, warn: () => undefined });
    takeReceipt = async (place, messageId, key, state) => {
      const receipts = (await carriers.get(place)?.receiptsOf(messageId, key, state)) ?? [];
      expect(receipts).not.toHaveLength(0);
      // Twice, as carriers do.
      for (const receipt of [...receipts, ...receipts]) await take(nameOf(place), receipt);
    };
    const sendsOf = async (trackingId: string) => (await findVerification(database, trackingId))?.sends ?? [];

    async function start(each: Case, index: number) {
      const accountId = await addFundedAccount(database, 1_000_000);
      const recipient = `+3069485${String(index).padStart(5, '0')}`;
      byRecipient.set(recipient, each);
      const { input } = verificationInput(ring, accountId, await environment.currentTimeMs(), {
        lifetimeInSeconds: LIFE,
        recipient,
        method,
        country: 'GR',
        unitPrices: { [method]: PRICE },
        routes: {
          [method]: places.map((place) => ({ carrier: nameOf(place), method, waitForReceiptSeconds: WAIT })),
        },
      });
      const { trackingId } = input;
      const handle = await environment.client.workflow.start<typeof verificationWorkflow>(VERIFICATION_WORKFLOW, {
        taskQueue: VERIFICATIONS_QUEUE,
        workflowId: trackingId,
        args: [input],
      });
      return { each, accountId, trackingId, handle };
    }

    /** Once the outcome stands in the projection; the clock stands still meanwhile. */
    async function reportAfterwards({ each, trackingId }: Awaited<ReturnType<typeof start>>) {
      const { place, receipt, state } = each;
      if (receipt !== 'after' || !takenOver(each)) return;
      const send = await eventually(`the outcome of: ${titleOf(each)}`, async () =>
        (await sendsOf(trackingId)).find(({ carrier, outcome }) => carrier === nameOf(place) && outcome),
      );
      const key = sendKey(trackingId, 1, send.step ?? 1);
      const messageId = await eventually(`the id of: ${titleOf(each)}`, async () => ids.get(`${place} ${key}`));
      await takeReceipt(place, messageId, key, state);
    }

    const started: Awaited<ReturnType<typeof start>>[] = [];
    for (const [index, each] of casesOf(subject).entries()) started.push(await start(each, index));
    await Promise.all(started.map(reportAfterwards));
    const found: object[] = [];
    for (const { each, accountId, trackingId, handle } of started) {
      const { outcome, charged } = await handle.result();
      const movements = await movementsOf(database, accountId, trackingId);
      await expectExactLedger(database, accountId);
      const asked = (await sendsOf(trackingId)).map(({ carrier }) => carrier.slice(kind.length + 1));
      found.push({ title: titleOf(each), asked, status: outcome, charged, movements });
    }
    return found;
  }

  return { carriers, play };
}
