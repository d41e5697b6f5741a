// Tells an application how a verification ended: 13 attempts over 24 hours by durable timers. Its id is `callback-<trackingId>`.
import { condition, setCurrentDetails, sleep } from '@temporalio/workflow';
import type { CallbackAttempt } from '../activities/callbacks.ts';
import {
  type CallbackAttemptRecord,
  type CallbackOutcome,
  callbackOffsets,
  callbackSentence,
  MAX_ATTEMPTS_KEPT,
} from '../domain/callback-schedule.ts';
import { believed, callbacks, records } from './activity-stubs.ts';
import { type CallbackInput, callbackResumedSignal, callbackWorkflowId } from './messages.ts';
import { hear, sealedInput } from './sealed.ts';

export interface CallbackResult {
  readonly delivered: boolean;
  readonly attempts: number;
}

/** A held-back endpoint is looked at again this often, should the signal to resume get lost. */
const LOOK_AGAIN = '6 hours';

/** Ends when an attempt was answered 200, or with the last attempt; what came of each is recorded. */
export async function callbackWorkflow(given: CallbackInput): Promise<CallbackResult> {
  const input = sealedInput(given, ({ event }) => event && callbackWorkflowId(event.trackingId));
  const log = createLog(input);
  let resumed = false;
  hear(callbackResumedSignal, () => {
    resumed = true;
  });

  let firstAt = Date.now();
  for (const offset of callbackOffsets) {
    const left = firstAt + offset - Date.now();
    // After an outage the schedule goes on from now, so that what is left of it keeps its spacing.
    if (left < 0) firstAt -= left;
    if (left > 0) await sleep(left, { summary: `Until attempt ${log.count() + 1}` });
    let attempt = await attemptOnce(input);
    while (attempt.kind === 'paused') {
      const heldAt = Date.now();
      await log.paused();
      await condition(() => resumed, LOOK_AGAIN);
      // Before the look, so that a wish to resume that comes during it is not lost.
      resumed = false;
      // The schedule stands still meanwhile, so that what is left of it keeps its spacing.
      firstAt += Date.now() - heldAt;
      attempt = await attemptOnce(input);
    }
    await log.attempted(attempt, offset === callbackOffsets.at(-1));
    if (attempt.kind === 'delivered') return { delivered: true, attempts: log.count() };
  }
  return { delivered: false, attempts: log.count() };
}

/** A worker that dies in an attempt leaves it unknown; that counts as one, and the next comes in its time. */
async function attemptOnce({ url, event }: CallbackInput): Promise<CallbackAttempt> {
  try {
    return believed(await callbacks.postCallback({ url, event }));
  } catch {
    return { kind: 'failed', reason: 'attemptLost' };
  }
}

function createLog({ event, accountId, earlier = [] }: CallbackInput) {
  const attempts: CallbackAttemptRecord[] = [];
  // Above that of any earlier run, so that a replay's record replaces it.
  let version = Date.now();
  const write = (state: 'pending' | 'paused' | 'delivered' | 'givenUp') => {
    version += 1;
    setCurrentDetails(
      attempts.map(({ at, outcome }) => `- ${new Date(at).toISOString()} ${callbackSentence(outcome)}`).join('\n'),
    );
    const { trackingId, applicationId } = event;
    return records.recordCallback({
      _id: trackingId,
      applicationId,
      accountId,
      state,
      attempts: [...earlier, ...attempts].slice(-MAX_ATTEMPTS_KEPT),
      version,
    });
  };
  return {
    count: () => attempts.length,
    paused: () => write('paused'),
    attempted(outcome: CallbackOutcome, last: boolean) {
      attempts.push({ at: Date.now(), outcome });
      return write(outcome.kind === 'delivered' ? 'delivered' : last ? 'givenUp' : 'pending');
    },
  };
}
