// A Twilio carrier with a server in Twilio's place, and with what this service does with Twilio's requests around it, in one process.
import { answerCall } from '../../carriers/call-answers.ts';
import type { Carrier } from '../../carriers/carrier.ts';
import type { CarrierRequest, CarrierUrls, SealedCall } from '../../carriers/carrier-request.ts';
import { parseReceipts } from '../../carriers/receipt-parsers.ts';
import { createTwilioCarrier } from '../../carriers/twilio/carrier.ts';
import { twilioSecrets, twilioSettings } from '../../carriers/twilio/settings.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { openCall } from '../../secrets/call-token.ts';
import { callUrl, receiptUrl } from '../../secrets/carrier-urls.ts';
import { startTwilio, type TwilioMock } from '../carriers/twilio/mock.ts';
import { fixedRing } from './key-rings.ts';

export const NAME = 'twilio';
export const CALLER = '+12025550123';
export const BASE = 'https://verify.example.com';

const ring = fixedRing('k1');

export const urls: CarrierUrls = {
  receipts: (idempotencyKey) => receiptUrl(ring, BASE, NAME, idempotencyKey),
  call: (call, round) => callUrl(ring, BASE, NAME, call, round),
};

export interface TestedTwilio {
  readonly carrier: Carrier;
  /** The same, but it waits for no answer longer than a second: for answers that never come. */
  readonly impatient: Carrier;
  readonly twilio: TwilioMock;
  /** What was taken of it, in the order it came. */
  readonly receipts: Receipt[];
  /** Whether the verification of its calls is over. */
  over: boolean;
}

export interface TwilioChanges {
  /** What differs from the defaults. */
  readonly settings?: object;
  readonly secrets?: object;
  readonly urls?: CarrierUrls | undefined;
  /** An API key to ask with. */
  readonly apiKey?: { readonly sid: string; readonly secret: string };
}

export async function twilioCarrier(changes: TwilioChanges = {}): Promise<TestedTwilio> {
  const receipts: Receipt[] = [];
  const twilio: TwilioMock = await startTwilio({
    ...(changes.apiKey && { apiKey: changes.apiKey }),
    ask: async (url, { method, headers, body }) => {
      const request = requestOf(url, method, headers, body);
      return url.includes('/receipts/') ? await take(request) : await say(request);
    },
  });
  const settings = twilioSettings.parse({
    accountSid: twilio.accountSid,
    baseUrl: twilio.url,
    callerId: CALLER,
    responseTimeoutSeconds: 8,
    ...changes.settings,
  });
  const secrets = twilioSecrets.parse({ authToken: twilio.authToken, ...changes.secrets });
  const configuration = { settings, secrets };
  const reached = 'urls' in changes ? changes.urls : urls;
  const tested: TestedTwilio = {
    carrier: createTwilioCarrier(NAME, settings, secrets, reached),
    impatient: createTwilioCarrier(NAME, { ...settings, responseTimeoutSeconds: 1 }, secrets, reached),
    twilio,
    receipts,
    over: false,
  };
  return tested;

  async function take(request: CarrierRequest): Promise<Response> {
    const found = await parseReceipts('twilio', request, configuration);
    if (found === 'notGenuine') return new Response('', { status: 401 });
    receipts.push(...(found ?? []));
    return new Response('{}', { status: found ? 200 : 400 });
  }

  async function say(request: CarrierRequest): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const call = openCall(ring, NAME, pathname.split('/').at(-1) ?? '') as SealedCall;
    const round = Number(searchParams.get('round'));
    const again = urls.call(call, round + 1);
    const answer = await answerCall('twilio', { ...call, round, over: tested.over, again }, request, configuration);
    if (answer === 'notGenuine') return new Response('', { status: 401 });
    if (!answer) return new Response('', { status: 400 });
    receipts.push(...answer.receipts);
    return new Response(answer.body, { headers: { 'Content-Type': answer.type } });
  }
}

/** A request as the API hands it on. */
export function requestOf(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: URLSearchParams,
): CarrierRequest {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const query = Object.fromEntries(new URL(url).searchParams);
  const rawBody = String(body);
  return {
    method,
    url,
    query,
    body: Object.fromEntries(body),
    rawBody,
    rawBytes: Buffer.from(rawBody),
    headers: lower,
  };
}
