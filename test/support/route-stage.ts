// Verifications on their routes, on the time-skipping server: two scripted carriers, and what each story looks at.
import { randomBytes, randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { answerNumber } from '../../domain/answer.ts';
import type { DeliveryState } from '../../domain/receipt.ts';
import type { RouteStep } from '../../domain/route.ts';
import type { TimelineEvent } from '../../domain/timeline.ts';
import { answerDigests } from '../../secrets/answer-digest.ts';
import { openDatabase } from '../../store/database.ts';
import { findVerification } from '../../store/verifications.ts';
import { createDeliveryWorker } from '../../worker/delivery-worker.ts';
import type { verificationWorkflow } from '../../workflows/index.ts';
import {
  confirmationAttemptSignal,
  deliveryReportSignal,
  saying,
  VERIFICATION_WORKFLOW,
  VERIFICATIONS_QUEUE,
  type VerificationInput,
} from '../../workflows/messages.ts';
import { eventually } from './eventually.ts';
import { addFundedAccount } from './funded-account.ts';
import { fixedRing } from './key-rings.ts';
import { messageIdOf, type Outcome, type ScriptedCarrier, scriptedCarrier } from './scripted-carrier.ts';
import { startTimeSkipping } from './time-skipping.ts';
import { verificationInput } from './verification-input.ts';

/** What one part costs by each method, in micros. */
export const SMS = 9_000;
export const VOICE = 40_000;

export interface StageOptions {
  /** Makes the carriers ones that want to know of typed codes; runs each time one is told. */
  readonly feedback?: (carrier: 'first' | 'second', messageIds: readonly string[]) => Promise<void>;
  readonly allowedHosts?: readonly string[];
}

export interface Asked {
  readonly route: readonly RouteStep[];
  /** What each carrier makes of every message of this verification; accepted where nothing is said. */
  readonly first?: Outcome;
  readonly second?: Outcome;
  readonly balance?: number;
  readonly fields?: Partial<VerificationInput> & { lifetimeInSeconds?: number };
}

export type RouteStage = Awaited<ReturnType<typeof createRouteStage>>;

/** One per test file. One result is awaited at a time. */
export async function createRouteStage({ feedback, allowedHosts = [] }: StageOptions = {}) {
  const ring = fixedRing('k1');
  const outcomes = new Map<string, Outcome>();
  const carrier = (name: 'first' | 'second') =>
    scriptedCarrier(
      name,
      (trackingId) => ({ outcome: outcomes.get(`${trackingId}:${name}`) ?? 'accepted' }),
      feedback && ((messageIds) => feedback(name, messageIds)),
    );
  const [first, second]: readonly [ScriptedCarrier, ScriptedCarrier] = [carrier('first'), carrier('second')];
  const database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
  const server = await startTimeSkipping(database, ring, allowedHosts, [first, second]);
  const { environment } = server;

  async function start(asked: Asked) {
    const { route, balance = 1_000_000, fields = {} } = asked;
    const accountId = await addFundedAccount(database, balance);
    const { input, code } = verificationInput(ring, accountId, await environment.currentTimeMs(), {
      routes: { sms: route },
      unitPrices: { sms: SMS, voice: VOICE },
      ...fields,
    });
    const { trackingId } = input;
    for (const name of ['first', 'second'] as const) {
      const outcome = asked[name];
      if (outcome) outcomes.set(`${trackingId}:${name}`, outcome);
    }
    const handle = await environment.client.workflow.start<typeof verificationWorkflow>(VERIFICATION_WORKFLOW, {
      taskQueue: VERIFICATIONS_QUEUE,
      workflowId: trackingId,
      args: [input],
    });
    const shown = async () => (await findVerification(database, trackingId)) ?? { sends: [], timeline: [] };
    return {
      accountId,
      trackingId,
      handle,
      /** The projection as it stands. */
      shown,
      told: (event: TimelineEvent['event']) =>
        eventually(`it tells ${event}`, async () => (await shown()).timeline.find((each) => each.event === event)),
      /** Gives the right answer. */
      async answer() {
        const digests = answerDigests(ring, trackingId, answerNumber(code, input.digits));
        const receivedAt = await environment.currentTimeMs();
        await handle.signal(
          confirmationAttemptSignal,
          saying(confirmationAttemptSignal, { attemptId: randomUUID(), digests, receivedAt }),
        );
      },
      /** A carrier reports on a step of the first send. */
      async report(by: 'first' | 'second', state: DeliveryState, step = 1) {
        const messageId = messageIdOf(by, `${trackingId}:send:1${step === 1 ? '' : `.${step}`}`);
        await handle.signal(
          deliveryReportSignal,
          saying(deliveryReportSignal, { n: 1, step, carrier: by, messageId, state, at: 0 }),
        );
      },
    };
  }

  /** Runs a third carrier until it is held back, as by a pause. */
  async function startThird(carrier: ScriptedCarrier) {
    const { nativeConnection: connection, namespace = 'default' } = environment;
    const worker = await createDeliveryWorker({ connection, namespace, ring, database }, carrier);
    const ended = worker.run();
    return {
      async holdBack() {
        worker.shutdown();
        await ended;
      },
    };
  }

  return {
    environment,
    database,
    startThird,
    first,
    second,
    start,
    async stop() {
      await server.stop();
      await database.close();
    },
  };
}

/** A step through one of the carriers, by SMS where nothing else is said. */
export const through = (carrier: string, more: Partial<RouteStep> = {}): RouteStep => ({
  carrier,
  method: 'sms',
  ...more,
});

/** When something is told first, in ms since the epoch; 0 where it is not. */
export const at = (timeline: readonly TimelineEvent[], event: TimelineEvent['event']) =>
  timeline.find((each) => each.event === event)?.at ?? 0;
