// Makes what a carrier says of a refusal fit to be shown: nothing of the message, of whom it is for, or of a secret stays in it.
import { shownWords } from '../domain/vendor-words.ts';
import {
  type Carrier,
  CarrierError,
  type CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
} from './carrier.ts';

/** The carrier with the words of its errors made fit. @param secrets what it was configured with */
export function withShownWords(carrier: Carrier, secrets: object): Carrier {
  const kept = Object.values(secrets).filter((each): each is string => typeof each === 'string');
  return {
    ...carrier,
    async send(message, idempotencyKey) {
      try {
        return await carrier.send(message, idempotencyKey);
      } catch (error) {
        throw error instanceof CarrierError ? fitToShow(error, [...kept, ...textsOf(message), idempotencyKey]) : error;
      }
    },
  };
}

/** The longest first: what holds another would else be left in pieces. */
function textsOf({ text, speech, recipient, originator, trackingId }: OutgoingMessage): string[] {
  const all = [text, speech?.text ?? '', recipient, recipient.replace(/\D/g, ''), originator, trackingId];
  return all.sort((one, other) => other.length - one.length);
}

function fitToShow(error: CarrierError, hidden: readonly string[]): CarrierError {
  const said = shownWords(error.said, hidden);
  if (error instanceof CarrierUnavailable) return new CarrierUnavailable(error.message, error.retryAfterMs, said);
  const Same = error.constructor as typeof CarrierRejected;
  return new Same(error.message, said);
}
