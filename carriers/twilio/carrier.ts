// The Twilio carrier: SMS by the Messages API and calls by the Calls API (docs/carriers-twilio.md).
import { type Carrier, CarrierOutcomeUnknown, CarrierUnavailable, type OutgoingMessage } from '../carrier.ts';
import type { CarrierUrls } from '../carrier-request.ts';
import { type AskHttp, httpRequest } from '../http-request.ts';
import { createTwilioApi } from './api.ts';
import { callFields } from './call.ts';
import { refusal } from './codes.ts';
import { acceptanceOf, lookUp } from './lookup.ts';
import type { TwilioSecrets, TwilioSettings } from './settings.ts';
import { smsFields } from './sms.ts';

/** What it may answer of a message that it made and will not send. */
const LOST: ReadonlySet<unknown> = new Set(['failed', 'undelivered', 'canceled']);

export function createTwilioCarrier(
  name: string,
  settings: TwilioSettings,
  secrets: TwilioSecrets,
  urls: CarrierUrls | undefined,
  ask: AskHttp = httpRequest,
): Carrier {
  const api = createTwilioApi(settings, secrets, ask);
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function send(message: OutgoingMessage, idempotencyKey: string) {
    const call = message.method === 'voice';
    const fields = (call ? callFields : smsFields)(message, idempotencyKey, settings, urls);
    const made = await api.post(call ? 'Calls.json' : 'Messages.json', fields);
    if (LOST.has(made.status) && typeof made.error_code === 'number') {
      const { error_message: words } = made;
      throw refusal(400, made.error_code, undefined, typeof words === 'string' ? words : undefined);
    }
    const acceptance = acceptanceOf(made, message.parts);
    if (acceptance === 'unknown') throw new CarrierOutcomeUnknown('Twilio took it, and did not say under which id');
    return acceptance;
  }

  return {
    name,
    // Remembered even where Twilio cannot report: a look-up has to know which messages are another's.
    receipts: true,
    ...(!urls && { silent: true }),
    async send(message, idempotencyKey) {
      if (closed) throw new CarrierUnavailable('the carrier is being stopped');
      const sending = send(message, idempotencyKey);
      underWay.add(sending);
      try {
        return await sending;
      } finally {
        underWay.delete(sending);
      }
    },
    lookup: (inDoubt) => lookUp(inDoubt, api, settings),
    ...(settings.messageFeedback && {
      async reportVerified(messageIds: readonly string[]) {
        // Calls have no feedback of this kind.
        const messages = messageIds.filter((each) => /^(SM|MM)[0-9a-fA-F]{32}$/.test(each));
        for (const messageId of messages) {
          await api.post(`Messages/${messageId}/Feedback.json`, [['Outcome', 'confirmed']]);
        }
        return messages.length > 0;
      },
    }),
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
    },
  };
}
