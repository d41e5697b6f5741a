// The http carrier: any gateway that takes messages by an HTTP request, by configuration alone (docs/carriers-http.md).
import {
  type Acceptance,
  type Carrier,
  CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
} from '../carrier.ts';
import type { CarrierUrls } from '../carrier-request.ts';
import { type AskHttp, type HttpAnswer, httpRequest } from '../http-request.ts';
import { isQuiet, LONGEST_LOOK_UP_MS } from '../look-up.ts';
import { acceptanceIn, fateIn } from './answer.ts';
import { outgoingRequest } from './outgoing.ts';
import type { RequestSettings } from './request-settings.ts';
import type { HttpSecrets, HttpSettings } from './settings.ts';
import { optionsKnown, secretsNeeded } from './settings-check.ts';
import type { Values } from './template.ts';
import { conversionValues, messageValues, prefixed, questionValues } from './values.ts';

export interface HttpDeps {
  readonly urls?: CarrierUrls | undefined;
  /** How it is asked; wherever its URLs lead unless told otherwise. */
  readonly ask?: AskHttp | undefined;
  /** In ms since the epoch. */
  readonly now?: (() => number) | undefined;
}

/** @throws Error that names the secrets that are missing */
export function createHttpCarrier(name: string, settings: HttpSettings, secrets: HttpSecrets, deps: HttpDeps): Carrier {
  const { urls, ask: askHttp = httpRequest, now = Date.now } = deps;
  const { lookup, conversion } = settings;
  const missing = [...secretsNeeded(settings)].filter((each) => !Object.hasOwn(secrets, each));
  if (missing.length > 0) throw new Error(`its settings name secrets that it does not have: ${missing.join(', ')}`);
  const options = optionsKnown(settings);
  const secretValues = prefixed('secret', secrets);

  return {
    name,
    receipts: settings.receipts !== undefined,
    // Unless a request tells it where to report, that stands in its own console.
    ...(!urls && JSON.stringify(settings.requests).includes('{{receiptUrl') && { silent: true }),
    send,
    ...(lookup && {
      async lookup({ parts, ...question }) {
        const answer = await ask(lookup, questionValues(question, now()), LONGEST_LOOK_UP_MS);
        const fate = fateIn(answer, lookup.answer, { reference: question.idempotencyKey, parts });
        const tooSoon = question.attempts !== undefined && !isQuiet(question.attempts, now());
        return fate === 'notSent' && tooSoon ? 'unknown' : fate;
      },
    }),
    ...(conversion && {
      async reportVerified(messageIds) {
        for (const messageId of messageIds) {
          const { status } = await ask(conversion, conversionValues(messageId, now()));
          if (status >= 300) throw new CarrierUnavailable(`the gateway did not take the report (HTTP ${status})`);
        }
        return true;
      },
    }),
  };

  async function send(message: OutgoingMessage, idempotencyKey: string): Promise<Acceptance> {
    const request = settings.requests[message.method];
    if (!request) throw new CarrierRejected(`the gateway has no request for ${message.method}`);
    if (Object.keys(message.options ?? {}).some((option) => !options.has(option))) {
      throw new CarrierRejected('the step of the route has an option that no request of the gateway has a place for');
    }
    const answer = await ask(request, {
      ...messageValues(message, idempotencyKey, settings, urls, now()),
      ...prefixed('option', message.options),
    });
    return acceptanceIn(answer, request.answer ?? settings.answer, {
      reference: idempotencyKey,
      parts: message.parts,
    });
  }

  async function ask(request: RequestSettings, values: Values, mostMs = Number.POSITIVE_INFINITY): Promise<HttpAnswer> {
    const outgoing = outgoingRequest(request, settings, { ...values, ...secretValues }, secrets);
    return await askHttp({ ...outgoing, timeoutMs: Math.min(settings.timeoutSeconds * 1_000, mostMs) });
  }
}
