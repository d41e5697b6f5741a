// Sends the parts of one message, one after the other: nothing has left while the first is refused, and then all must follow.
import { setTimeout as delay } from 'node:timers/promises';
import { CarrierFault, CarrierOutcomeUnknown, CarrierUnavailable, type OutgoingMessage } from '../carrier.ts';
import type { SendPart, WholeSend } from './part.ts';
import type { EncodedPart } from './text.ts';

/** The activity waits for 20 s and has its own writes to do: whoever answers later is not heard. */
const ANSWER_WITHIN_MS = 14_000;
const RETRY_MS = 1_000;

/**
 * Returns the ids, as far as the SMSC gave any.
 * @throws what the first part met; CarrierOutcomeUnknown when a later one met anything: part of the message is on its way, and
 * some phones show a part alone
 */
export function createPartsSender(sendPart: SendPart, now: () => number) {
  return async (message: OutgoingMessage, parts: readonly EncodedPart[], whole: WholeSend = {}): Promise<string[]> => {
    const validUntil = now() + message.validForSeconds * 1000;
    const answerBy = now() + ANSWER_WITHIN_MS;
    const ids: string[] = [];
    for (const [index, part] of parts.entries()) {
      const send = () => sendPart({ message, part, validUntil, answerBy, ...whole });
      const id = index === 0 ? await send() : await persist(send, answerBy);
      if (id !== undefined) ids.push(id);
    }
    return ids;
  };

  /** What was refused for now is repeated for as long as somebody waits: the parts before it are lost without it. */
  async function persist(send: () => Promise<string | undefined>, answerBy: number): Promise<string | undefined> {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        const pause = pauseAfter(error);
        if (pause === undefined || now() + pause >= answerBy) {
          throw new CarrierOutcomeUnknown('the SMSC took a part of the message, and not all of it');
        }
        await delay(pause);
      }
    }
  }
}

/** Undefined when a repeat is useless, or would be a second message. */
function pauseAfter(error: unknown): number | undefined {
  if (error instanceof CarrierUnavailable) return error.retryAfterMs ?? RETRY_MS;
  return error instanceof CarrierFault ? RETRY_MS : undefined;
}
