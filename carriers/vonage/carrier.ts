// The Vonage carrier: SMS by its SMS API or its Messages API, calls by its Voice API (docs/carriers-vonage.md).
import {
  type Acceptance,
  type Carrier,
  CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
} from '../carrier.ts';
import type { CarrierUrls } from '../carrier-request.ts';
import { type AskHttp, httpRequest } from '../http-request.ts';
import { accountOf, applicationAuthorization, basicAuthorization } from './access.ts';
import { callByVoiceApi } from './calls.ts';
import { reportConversions } from './conversions.ts';
import { sendByMessagesApi } from './messages.ts';
import { type VonageSecrets, type VonageSettings, vonageProblem } from './settings.ts';
import { LONGEST_SMS_CALLBACK, sendBySmsApi, smsCallback } from './sms.ts';

export interface VonageDeps {
  /** Where Vonage reaches us; without it nothing is reported. */
  readonly urls?: CarrierUrls | undefined;
  /** How it is asked; wherever its URLs lead unless told otherwise. */
  readonly ask?: AskHttp | undefined;
  readonly logger?: { warn(message: string, facts?: Readonly<Record<string, unknown>>): void } | undefined;
}

/** Shorter than the key of any send, so that what fits with it fits with all. */
const SOME_KEY = 'key';

/** @throws Error with a sentence where settings and secrets do not fit together */
export function createVonageCarrier(
  name: string,
  settings: VonageSettings,
  secrets: VonageSecrets,
  { urls, logger, ask = httpRequest }: VonageDeps,
): Carrier {
  const problem = vonageProblem(settings, secrets);
  if (problem !== undefined) throw new Error(problem);
  const account = accountOf(settings, secrets);
  const application = applicationAuthorization(settings, secrets);
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  const tooLong =
    urls !== undefined && !!account && settings.smsApi === 'sms' && smsCallback(urls, SOME_KEY) === undefined;
  if (tooLong) {
    const sentence = `The URL for receipts is longer than the ${LONGEST_SMS_CALLBACK} characters of Vonage's SMS API: put it into Vonage's dashboard, shorten PUBLIC_URL or the carrier's name, or set smsApi to messages`;
    logger?.warn(sentence, { carrier: name });
  }

  async function send(message: OutgoingMessage, idempotencyKey: string): Promise<Acceptance> {
    if (message.method === 'voice') {
      if (application) return await callByVoiceApi(ask, message, idempotencyKey, settings, await application(), urls);
      throw new CarrierRejected('this carrier calls only with applicationId and privateKey');
    }
    if (settings.smsApi === 'messages') {
      const authorization = (await application?.()) ?? (account && basicAuthorization(account));
      if (authorization) return await sendByMessagesApi(ask, message, idempotencyKey, settings, authorization, urls);
    }
    if (account) return await sendBySmsApi(ask, message, idempotencyKey, settings, account, urls);
    throw new CarrierRejected('this carrier sends SMS by the SMS API only with apiKey and apiSecret');
  }

  return {
    name,
    receipts: urls !== undefined,
    ...((!urls || tooLong) && { silent: true }),
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
    // The Conversion API knows no ids of the Messages API, and those of calls look the same.
    ...(account &&
      settings.conversions &&
      settings.smsApi === 'sms' && { reportVerified: (ids) => reportConversions(ask, ids, settings, account) }),
    async close() {
      closed = true;
      // Every send ends within its own time.
      await Promise.allSettled(underWay);
    },
  };
}
