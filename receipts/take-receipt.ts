// Takes the receipts of carriers, over whatever way they come: kept first, then told to the verification they speak of.
import { readSendKey, type SendPlace } from '../domain/delivery.ts';
import { RefusedError } from '../domain/errors.ts';
import { type Receipt, tidyReceipt } from '../domain/receipt.ts';
import { createRecentCounts } from '../domain/recent-counts.ts';
import { createKeyedQueue } from '../store/account-queue.ts';
import { keepReceipt, rememberName } from '../store/carrier-messages.ts';
import { findVerification } from '../store/verifications.ts';
import { type TellingDeps, tellUntold } from './tell-verification.ts';
import { createUnmatchedRoom, type RoomDeps } from './unmatched-room.ts';

export interface ReceiptDeps extends Omit<TellingDeps, 'recent'>, Omit<RoomDeps, 'database'> {}

/** As many receipts as a send can have: of 20 parts three states each. */
const MOST_TOLD = 60;
const TOLD_WITHIN_MS = 600_000;

/** Resolves once the receipt is durable, and told where its verification is known; whoever sent it is to repeat it otherwise. */
export type ReceiptTaker = (carrier: string, receipt: Receipt) => Promise<void>;

/** @throws RefusedError unavailable when too many wait for their sends; and whatever database and engine throw. */
export function createReceiptTaker(given: ReceiptDeps): ReceiptTaker {
  const deps = { ...given, recent: createRecentCounts(MOST_TOLD, TOLD_WITHIN_MS) };
  const { database } = deps;
  const queued = createKeyedQueue();
  const hasRoom = createUnmatchedRoom(deps);
  return async (carrier, given) => {
    const receipt = tidyReceipt(given);
    const { reference, messageId } = receipt;
    // The reference first: it names the send itself.
    for (const name of new Set([reference, messageId])) {
      if (name === undefined) continue;
      const send = await inTurn(name, () => take(name));
      if (!send) continue;
      // Receipts to come may have the message's id alone, and its acceptance may never have been seen.
      if (messageId !== undefined && messageId !== name) await inTurn(messageId, () => link(messageId, send));
      return;
    }

    /** So that of many copies at once one is told. */
    async function inTurn<T>(name: string, act: () => Promise<T>): Promise<T> {
      return await queued(`${carrier}:${name}`, act);
    }

    /** Returns the send where it is known by this name. */
    async function take(name: string): Promise<SendPlace | undefined> {
      const named = () => (name === reference ? sendNamed(carrier, name) : undefined);
      const kept = await keepReceipt(database, carrier, name, receipt, async () => {
        const send = await named();
        if (send === 'notOfThisCarrier') return undefined;
        if (!send && !(await hasRoom())) throw new RefusedError('unavailable', { retryAfterSeconds: 60 });
        return send ? { send } : {};
      });
      const send = kept && (kept.send ?? (await named()));
      if (!send || send === 'notOfThisCarrier') return undefined;
      await tellUntold(deps, carrier, send, kept);
      return send;
    }

    async function link(messageId: string, send: SendPlace): Promise<void> {
      await tellUntold(deps, carrier, send, await rememberName(database, carrier, messageId, send));
    }
  };

  /** The send a reference names; undefined while its step is not projected. No carrier speaks of what went through another. */
  async function sendNamed(carrier: string, reference: string): Promise<SendPlace | 'notOfThisCarrier' | undefined> {
    const place = readSendKey(reference);
    const verification = place && (await findVerification(database, place.trackingId));
    if (!verification) return 'notOfThisCarrier';
    const send = verification.sends.find(({ n, step = 1 }) => n === place.n && step === place.step);
    if (!send) return undefined;
    return send.carrier === carrier ? place : 'notOfThisCarrier';
  }
}
