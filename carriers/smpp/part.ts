// Hands one part to the SMSC, once, and says what became of it in the errors of the contract.
import { setTimeout as delay } from 'node:timers/promises';
import { CarrierOutcomeUnknown, CarrierRejected, CarrierUnavailable, type OutgoingMessage } from '../carrier.ts';
import type { Binds } from './binds.ts';
import { canonicalMessageId } from './message-id.ts';
import type { Pdu } from './pdu.ts';
import type { SmppSettings } from './settings.ts';
import { meaningOf, refusal, SESSION_OUT_OF_STEP } from './status.ts';
import { submitFields } from './submit.ts';
import type { EncodedPart } from './text.ts';
import type { Throttle } from './throttle.ts';

/** What ties receipts to a send whose answer is lost, where one part is all of it. */
export interface WholeSend {
  /** Called with the id, when it comes too late. */
  readonly onLateId?: ((id: string) => void) | undefined;
  /** Two octets for user_message_reference. */
  readonly reference?: Buffer | undefined;
}

export interface PartSend extends WholeSend {
  readonly message: OutgoingMessage;
  readonly part: EncodedPart;
  /** When the life of the message ends. */
  readonly validUntil: number;
  /** When nobody waits for the answer any more. */
  readonly answerBy: number;
}

/** Returns the id, where the SMSC gave one. @throws the errors of the contract */
export type SendPart = (send: PartSend) => Promise<string | undefined>;

interface PartDeps {
  readonly settings: SmppSettings;
  readonly binds: Binds;
  readonly throttle: Throttle;
  readonly now: () => number;
}

/** How long a send waits for its turn: a connection, room in its window, the end of a pause. */
const TURN_MS = 2_000;
const SUBMIT_SM_RESP = 0x8000_0004;

export function createPartSender({ settings, binds, throttle, now }: PartDeps): SendPart {
  return async ({ message, part, validUntil, answerBy, onLateId, reference }) => {
    const turnBy = Math.min(now() + TURN_MS, answerBy);
    await pauseOver(turnBy);
    const { connection, release } = await binds.room(turnBy - now());
    try {
      const fields = submitFields(message, part, settings, (validUntil - now()) / 1000, reference, now());
      const timeoutMs = Math.max(1, Math.min(settings.responseTimeoutSeconds * 1000, answerBy - now()));
      const onLate = (pdu: Pdu) => {
        const id = pdu.command_status === 0 ? idOf(pdu) : undefined;
        if (id !== undefined) onLateId?.(id);
      };
      const answer = await connection.request('submit_sm', fields, timeoutMs, onLate);
      switch (answer.kind) {
        case 'unwritten':
          throw new CarrierUnavailable('the connection to the SMSC has just ended', 1000);
        case 'unwritable':
          throw new CarrierRejected('the message cannot be written as SMPP');
        case 'silence':
          throw new CarrierOutcomeUnknown('the SMSC did not answer in time');
        case 'lost':
          throw new CarrierOutcomeUnknown('the connection ended before the SMSC had answered');
        case 'answered':
          if (SESSION_OUT_OF_STEP.has(answer.pdu.command_status)) connection.destroy();
          return judge(answer.pdu);
      }
    } finally {
      release();
    }
  };

  /** @throws CarrierUnavailable where it lasts too long to wait here */
  async function pauseOver(turnBy: number): Promise<void> {
    for (let pause = throttle.remainingMs(); pause > 0; pause = throttle.remainingMs()) {
      if (now() + pause > turnBy) throw new CarrierUnavailable('the SMSC throttles', pause);
      await delay(pause);
    }
  }

  function judge(pdu: Pdu): string | undefined {
    const { command_id: id, command_status: status } = pdu;
    if (status === 0) {
      if (id !== SUBMIT_SM_RESP) throw new CarrierOutcomeUnknown('the SMSC answered something else than was asked');
      throttle.accepted();
      return idOf(pdu);
    }
    const meaning = meaningOf(status, settings.statuses);
    throw refusal(meaning, status, meaning === 'throttled' ? throttle.throttled() : 0);
  }

  function idOf({ message_id }: Pdu): string | undefined {
    return message_id !== undefined ? canonicalMessageId(message_id, settings.messageIds.response) : undefined;
  }
}
