// SMS by Vonage's SMS API: a form goes out, and the answer's HTTP 200 says nothing before its parts are looked at.
import { z } from 'zod';
import { encodingOf } from '../../domain/parts.ts';
import type { Acceptance, OutgoingMessage } from '../carrier.ts';
import { CarrierOutcomeUnknown } from '../carrier.ts';
import type { CarrierUrls } from '../carrier-request.ts';
import type { AskHttp, HttpAnswer } from '../http-request.ts';
import { type Account, basicAuthorization } from './access.ts';
import { problemRefusal, smsStatuses, vonageRefusal } from './errors.ts';
import type { VonageSettings } from './settings.ts';

const ACCEPTED = '0';
/** In ms. What has less left is sent with the least all the same: without it Vonage would try for three days. */
const LEAST_TTL_MS = 20_000;
/** A longer one is refused, whatever the message is (status 23). */
export const LONGEST_SMS_CALLBACK = 100;

/** Sends it. @throws the errors of a carrier */
export async function sendBySmsApi(
  ask: AskHttp,
  message: OutgoingMessage,
  idempotencyKey: string,
  { restUrl, responseTimeoutSeconds }: VonageSettings,
  account: Account,
  urls: CarrierUrls | undefined,
): Promise<Acceptance> {
  const answer = await ask({
    method: 'POST',
    url: `${restUrl}/sms/json`,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
      Authorization: basicAuthorization(account),
    },
    body: new URLSearchParams(smsForm(message, idempotencyKey, urls)).toString(),
    timeoutMs: responseTimeoutSeconds * 1000,
  });
  return readSmsAnswer(answer);
}

/** The URL its receipts come to, without the send's key, which `client-ref` brings back: callbacks are short. */
export function smsCallback(urls: CarrierUrls | undefined, idempotencyKey: string): string | undefined {
  const url = urls?.receipts(idempotencyKey).replace(/\?.*$/s, '');
  return url !== undefined && url.length <= LONGEST_SMS_CALLBACK ? url : undefined;
}

function smsForm(
  { recipient, originator, text, validForSeconds, restrictions }: OutgoingMessage,
  idempotencyKey: string,
  urls: CarrierUrls | undefined,
): Record<string, string> {
  const callback = smsCallback(urls, idempotencyKey);
  const { principalEntityId, contentTemplateId } = restrictions ?? {};
  return {
    from: originator.replace(/^\+(?=\d+$)/, ''),
    to: recipient.slice(1),
    text,
    type: encodingOf(text) === 'GSM-7' ? 'text' : 'unicode',
    ttl: String(Math.max(validForSeconds * 1000, LEAST_TTL_MS)),
    'client-ref': idempotencyKey,
    ...(callback !== undefined && { callback }),
    ...(principalEntityId !== undefined && { 'entity-id': principalEntityId }),
    ...(contentTemplateId !== undefined && { 'content-id': contentTemplateId }),
  };
}

const smsAnswer = z.object({
  messages: z
    .array(
      z.object({
        status: z.union([z.string(), z.number()]).transform(String),
        'message-id': z.string().min(1).max(200).optional(),
        'message-price': z.string().optional(),
        'error-text': z.string().optional().catch(undefined),
      }),
    )
    .min(1),
});

type Part = z.output<typeof smsAnswer>['messages'][number];

/** @throws the errors of a carrier */
function readSmsAnswer(answer: HttpAnswer): Acceptance {
  if (answer.status !== 200) throw problemRefusal('SMS API', answer);
  const read = smsAnswer.safeParse(jsonOf(answer.text));
  if (!read.success) throw new CarrierOutcomeUnknown('Vonage answered what nobody can read (SMS API)');
  const parts = read.data.messages;
  const refused = parts.find(({ status }) => status !== ACCEPTED);
  if (refused) {
    const name = `SMS API, status ${/^\d{1,4}$/.test(refused.status) ? refused.status : 'without a number'}`;
    // A part that was accepted is on its way and billed, and some phones show it alone; so may be one that is in doubt.
    const mayHaveLeft = parts.some(({ status }) => status === ACCEPTED || smsStatuses[status] === 'unknown');
    const words = refused['error-text'];
    const said = { code: refused.status, ...(words !== undefined && { words }) };
    throw vonageRefusal(mayHaveLeft ? 'unknown' : (smsStatuses[refused.status] ?? 'rejected'), name, said);
  }
  const messageIds = parts.flatMap((part) => part['message-id'] ?? []);
  const cost = costOf(parts);
  return { messageIds, parts: parts.length, ...(cost !== undefined && { cost }) };
}

/** In micros, where every part has a price; Vonage writes eight decimals. */
function costOf(parts: readonly Part[]): number | undefined {
  const prices = parts.map((part) => Number(part['message-price'] || Number.NaN));
  const micros = Math.round(prices.reduce((sum, price) => sum + price, 0) * 1_000_000);
  return Number.isSafeInteger(micros) && micros >= 0 ? micros : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
