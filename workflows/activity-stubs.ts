// Every time-out and retry of this service's activities, each with its reason.
import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { CallbackActivities } from '../activities/callbacks.ts';
import type { DeliveryActivities } from '../activities/deliveries.ts';
import type { FeedbackActivities } from '../activities/feedback.ts';
import type { LedgerAuditActivities } from '../activities/ledger-audit.ts';
import type { OrphanActivities } from '../activities/orphans.ts';
import type { RecordActivities } from '../activities/records.ts';
import type { RetentionActivities } from '../activities/retention.ts';
import { sendFailure } from '../domain/delivery.ts';
import { CALLBACKS_QUEUE, deliveriesQueue, feedbackQueue } from './messages.ts';

// Local: no round trip through the server. One attempt of 2 s, since local retries hold up healthy workflows; and they know no
// end: the SDK loses a schedule-to-close time-out that fires between two attempts.
const local = (summary: string): RecordActivities =>
  proxyLocalActivities<RecordActivities>({ startToCloseTimeout: '2s', retry: { maximumAttempts: 1 }, summary });

// Then as an ordinary activity, without end: a database that is away delays a verification, it never fails one.
const ordinary = (summary: string): RecordActivities =>
  proxyActivities<RecordActivities>({
    startToCloseTimeout: '10s',
    retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '2s' },
    summary,
  });

/** The activities on our own database. They always succeed in the end, and a cancelled workflow still runs them. */
export const records: RecordActivities = {
  renderMessage: (...args) => untilDone('Render the message', (by) => by.renderMessage(...args)),
  reserve: (...args) => untilDone('Reserve the price of the send', (by) => by.reserve(...args)),
  settle: (...args) => untilDone(settling(...args), (by) => by.settle(...args)),
  giveBack: (...args) => untilDone('Make sure that nothing stays reserved', (by) => by.giveBack(...args)),
  openProjection: (...args) => untilDone('Show the API that it is open', (by) => by.openProjection(...args)),
  project: (...args) => untilDone(showing(...args), (by) => by.project(...args)),
  restoreProjection: (...args) => untilDone('Show the API all of it again', (by) => by.restoreProjection(...args)),
  recordCallback: (...args) => untilDone('Note how the callback went', (by) => by.recordCallback(...args)),
  lastWord: (...args) => untilDone('Look the send up in our own journal', (by) => by.lastWord(...args)),
};

/** Runs only once the workflow task that asks for it stands in history, which a local activity does not wait for. */
export const projectOnceCommitted: RecordActivities['project'] = (...args) =>
  CancellationScope.nonCancellable(async () => believed(await ordinary(showing(...args)).project(...args)));

// What Temporal's web UI calls them. Nothing depends on these words, and nothing secret may stand in them.
function settling(...[, { kind }]: Parameters<RecordActivities['settle']>): string {
  return kind === 'charge' ? 'Charge the send' : 'Give the price back';
}

function showing(...[, , { status, refusal }]: Parameters<RecordActivities['project']>): string {
  return refusal === undefined ? `Show the API what changed: ${status}` : `Show the API the refusal: ${refusal}`;
}

/**
 * Local attempts of a workflow go one at a time. Two at once resolve one by one as they end, but together when another worker
 * replays them: what follows each would then come in another order than history has it, and the workflow would be stuck.
 */
let turn: Promise<unknown> = Promise.resolve();

/**
 * What an activity answered. Null stands for what was not sealed (secrets/payload-codec.ts), and is no answer of ours.
 * Not async: steps between a failed local attempt and what follows it would change the order of what follows on replay.
 */
export function believed<R>(told: R): R {
  if (told === null) throw new Error('An activity was answered by somebody else');
  return told;
}

function inTurn<R>(attempt: () => Promise<R>): Promise<R> {
  const mine = turn.then(attempt);
  turn = mine.catch(() => undefined);
  return mine;
}

function untilDone<R>(summary: string, run: (activities: RecordActivities) => Promise<R>): Promise<R> {
  return CancellationScope.nonCancellable(async () => {
    try {
      return believed(await inTurn(() => run(local(summary))));
    } catch (error) {
      if (isCancellation(error)) throw error;
      return believed(await run(ordinary(summary)));
    }
  });
}

/** One attempt to call back. It ends within 2 s and fails only with our own database, which is waited for. */
export const callbacks = proxyActivities<CallbackActivities>({
  taskQueue: CALLBACKS_QUEUE,
  startToCloseTimeout: '10s',
  // An attempt cut short may have reached the receiver, so it counts; the next comes by the schedule.
  retry: {
    initialInterval: '500ms',
    backoffCoefficient: 2,
    maximumInterval: '5s',
    nonRetryableErrorTypes: ['TemporalTimeout:StartToClose'],
  },
  summary: 'Tell the application',
});

/** Regular clean-up: nobody waits for it, so it is patient. */
export const retention = proxyActivities<RetentionActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  summary: 'Delete what is past its time',
});

/** The regular audit: as long as the ledger is, but it gives a sign of life after every page. */
export const ledgerAudits = proxyActivities<LedgerAuditActivities>({
  startToCloseTimeout: '1h',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  summary: 'Prove the ledger',
});

/** What is done about verifications whose workflow is gone. Nobody waits for it. */
export const orphans = proxyActivities<OrphanActivities>({
  startToCloseTimeout: '10m',
  // A hundred questions to Temporal, each with a sign of life.
  heartbeatTimeout: '1m',
  // One that cannot be ended must not hold up the audit: the next run tries again.
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 10 },
  summary: 'End what lost its workflow',
});

/** Longer than any carrier's own time-out, so that it tells us rather than we it. */
export const LONGEST_ATTEMPT_MS = 20_000;

/** Five attempts within about 15 s: longer than a hiccup, shorter than a person's patience. */
const repeats = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '8s' } as const;

/**
 * The activities of one carrier, on its own queue.
 * @param last whether the route ends with it: then a carrier out of order is waited for as long as the verification lives (the
 * activity itself counts the attempts that were answered); otherwise the next one is asked instead
 */
export function deliveries(carrier: string, last = true): DeliveryActivities {
  const taskQueue = deliveriesQueue(carrier);
  const { sendCode } = proxyActivities<DeliveryActivities>({
    taskQueue,
    startToCloseTimeout: LONGEST_ATTEMPT_MS,
    ...(last
      ? { retry: repeats }
      : {
          // Nobody sends for this carrier now, or too many wait: the next one is faster.
          scheduleToStartTimeout: '10s',
          retry: { ...repeats, nonRetryableErrorTypes: [sendFailure.fault] },
        }),
    // A running send is waited for, since its outcome decides about money.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    summary: `Send the code through ${carrier}`,
  });
  const { lookUpSend } = proxyActivities<DeliveryActivities>({
    taskQueue,
    startToCloseTimeout: '10s',
    ...(last
      ? // The last word, for the sake of money alone: worth a minute, not worth keeping the verification open for longer.
        { scheduleToCloseTimeout: '1m' }
      : // A person waits for the next carrier: one that is paused, or cannot answer, is not waited for.
        { scheduleToStartTimeout: '10s', scheduleToCloseTimeout: '20s' }),
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' },
    summary: `Ask ${carrier} what became of the send`,
  });
  return {
    sendCode: async (request) => believed(await sendCode(request)),
    lookUpSend: async (question) => believed(await lookUpSend(question)),
  };
}

/** What a carrier is told after a right answer. */
export function feedbackTo(carrier: string): FeedbackActivities {
  return proxyActivities<FeedbackActivities>({
    taskQueue: feedbackQueue(carrier),
    startToCloseTimeout: '10s',
    // Nice to have: the verification stays open for it, though decided, shown and settled; nobody may run the queue.
    scheduleToCloseTimeout: '1m',
    retry: { initialInterval: '1s', backoffCoefficient: 3, maximumAttempts: 3 },
    summary: `Tell ${carrier} that its code was typed`,
  });
}
