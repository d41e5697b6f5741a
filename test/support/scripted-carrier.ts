// A carrier that does with each message what the verification's script says, and counts what it was given.
import {
  type Carrier,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
} from '../../carriers/carrier.ts';

export const outcomes = ['accepted', 'rejected', 'busy', 'fault', 'unknown'] as const;
export type Outcome = (typeof outcomes)[number];

export interface ScriptedCarrier extends Carrier {
  /** Message ids of typed codes, one entry for each time it was told. */
  readonly told: (readonly string[])[];
  /** Attempts by idempotency key. */
  readonly attempts: Map<string, number>;
  /** Who the message was from, by idempotency key. */
  readonly originators: Map<string, string>;
}

/**
 * @param script what becomes of a message, by its trackingId and recipient; `sending` runs while the carrier has it and has not answered
 * @param feedback makes it a carrier that wants to know of typed codes; runs each time it is told
 */
export function scriptedCarrier(
  name: string,
  script: (
    trackingId: string,
    recipient: string,
  ) => { outcome: Outcome; sending?: (idempotencyKey: string) => Promise<void> } | undefined,
  feedback?: (messageIds: readonly string[]) => Promise<void>,
): ScriptedCarrier {
  const attempts = new Map<string, number>();
  const originators = new Map<string, string>();
  const told: (readonly string[])[] = [];
  return {
    name,
    receipts: false,
    attempts,
    originators,
    told,
    ...(feedback && {
      async reportVerified(messageIds: readonly string[]) {
        told.push(messageIds);
        await feedback(messageIds);
        return true;
      },
    }),
    async send({ trackingId, recipient, parts, originator }, idempotencyKey) {
      attempts.set(idempotencyKey, (attempts.get(idempotencyKey) ?? 0) + 1);
      originators.set(idempotencyKey, originator);
      const { outcome = 'accepted', sending } = script(trackingId, recipient) ?? {};
      await sending?.(idempotencyKey);
      if (outcome === 'rejected') throw new CarrierRejected('blocked');
      if (outcome === 'busy') throw new CarrierUnavailable('busy');
      if (outcome === 'fault') throw new CarrierFault('no connection');
      if (outcome === 'unknown') throw new CarrierOutcomeUnknown('no answer');
      return { messageIds: [messageIdOf(name, idempotencyKey)], parts };
    },
  };
}

/** The carrier's name for a message. */
export const messageIdOf = (carrier: string, idempotencyKey: string) => `${carrier}-${idempotencyKey}`;
