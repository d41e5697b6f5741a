// What carriers with receipts accepted, kept so that receipts find their sends and nobody sends again what was accepted.
import { setTimeout as delay } from 'node:timers/promises';
import { activityInfo, log } from '@temporalio/activity';
import type { Acceptance, Carrier } from '../carriers/carrier.ts';
import { type TellingDeps, tellUntold } from '../receipts/tell-verification.ts';
import { recallAcceptance, rememberAcceptance } from '../store/carrier-messages.ts';
import type { SendQuestion } from './deliveries.ts';

/** Each has as long as the attempt has that began at `began`, in ms since the epoch: the SDK tells only when it was scheduled. */
export interface Acceptances {
  /** What an earlier attempt, or a receipt, left behind of a send; undefined where neither did. Asks until it is answered. */
  recall(carrier: Carrier, question: SendQuestion, began: number): Promise<Acceptance | undefined>;
  /** Keeps an acceptance and tells the receipts that came before it. Never throws: an acceptance must not be lost over it. */
  remember(carrier: Carrier, question: SendQuestion, acceptance: Acceptance, began: number): Promise<void>;
}

const PAUSE_MS = 250;
/** Left of an attempt's time for its answer; in milliseconds. */
const MARGIN_MS = 4_000;
/** Tried at least for this, however little time is left; in milliseconds. */
const LEAST_MS = 2_000;

/** The rest of the attempt is the carrier's; in milliseconds. */
const MOST_RECALL_MS = 5_000;

/** Whether receipts follow what this carrier accepts for a recipient. */
const hasReceipts = (carrier: Carrier, { recipient }: SendQuestion) =>
  carrier.receiptsFor?.(recipient) ?? carrier.receipts;

export function createAcceptances(deps: TellingDeps): Acceptances {
  return {
    async recall(carrier, question, began) {
      if (!hasReceipts(carrier, question)) return undefined;
      const { idempotencyKey, parts } = question;
      return await untilDone(
        () => recallAcceptance(deps.database, carrier.name, idempotencyKey, parts),
        began,
        MOST_RECALL_MS,
      );
    },
    async remember(carrier, question, acceptance, began) {
      if (!hasReceipts(carrier, question)) return;
      const { idempotencyKey } = question;
      try {
        await untilDone(async () => {
          const messages = await rememberAcceptance(deps.database, carrier.name, idempotencyKey, acceptance);
          for (const message of messages) {
            if (message.send) await tellUntold(deps, carrier.name, message.send, message);
          }
        }, began);
      } catch (error) {
        const kind = error instanceof Error ? error.name : typeof error;
        log.warn('An acceptance could not be kept: receipts of this send may not find it', { idempotencyKey, kind });
      }
    },
  };
}

/** Repeats for as long as the attempt has time. */
async function untilDone<T>(act: () => Promise<T>, began: number, most = Number.POSITIVE_INFINITY): Promise<T> {
  const left = began + activityInfo().startToCloseTimeoutMs - MARGIN_MS - Date.now();
  const deadline = Date.now() + Math.min(Math.max(left, LEAST_MS), most);
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (Date.now() + PAUSE_MS > deadline) throw error;
      await delay(PAUSE_MS);
    }
  }
}
