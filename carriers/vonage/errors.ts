// What each refusal of Vonage's APIs means for a message: by the status of an SMS, by the code of a problem, by HTTP.

import type { VendorWords } from '../../domain/vendor-words.ts';
import { CarrierFault, CarrierOutcomeUnknown, CarrierRejected, CarrierUnavailable } from '../carrier.ts';
import type { HttpAnswer } from '../http-request.ts';

/** Refused for good; refused for now; nobody's message would be taken; or it may have left. */
export type VonageMeaning = 'rejected' | 'unavailable' | 'fault' | 'unknown';

/** `messages[].status` of the SMS API, which says with HTTP 200 what it refuses. Any other is `rejected`. */
export const smsStatuses: Readonly<Record<string, VonageMeaning>> = {
  '1': 'unavailable',
  '2': 'rejected',
  '3': 'rejected',
  '4': 'fault',
  // In the middle of the work: nobody says whether before or after the message was queued.
  '5': 'unknown',
  '6': 'rejected',
  '7': 'rejected',
  '8': 'fault',
  '9': 'fault',
  '10': 'unavailable',
  '11': 'fault',
  '12': 'rejected',
  '14': 'fault',
  '15': 'rejected',
  '22': 'rejected',
  '23': 'fault',
  '29': 'rejected',
  '32': 'fault',
  '33': 'rejected',
};

/** Codes of the Messages API after the `#` of a problem's type. Any other is `rejected`. */
export const messagesCodes: Readonly<Record<string, VonageMeaning>> = {
  '1000': 'unavailable',
  '1010': 'rejected',
  '1020': 'rejected',
  '1030': 'unknown',
  '1040': 'rejected',
  '1050': 'rejected',
  '1060': 'fault',
  '1070': 'fault',
  '1080': 'fault',
  '1090': 'rejected',
  '1100': 'unavailable',
  '1120': 'rejected',
  '1130': 'rejected',
  '1140': 'rejected',
  '1160': 'rejected',
  '1170': 'rejected',
  '1240': 'rejected',
  '1241': 'unavailable',
  '1420': 'rejected',
  '1430': 'rejected',
  '1450': 'rejected',
};

/** Statuses of HTTP that say more than their first digit: 2xx and 5xx are `unknown`, 3xx a `fault`, any other 4xx `rejected`. */
export const httpStatuses: Readonly<Record<string, VonageMeaning>> = {
  '401': 'fault',
  '402': 'fault',
  '403': 'fault',
  // No path holds a message's own: where there is nothing, the address of the API is wrong.
  '404': 'fault',
  '405': 'fault',
  // Of a proxy between us and Vonage.
  '407': 'fault',
  // What stands between us and Vonage may say so of a message that Vonage has.
  '408': 'unknown',
  '429': 'unavailable',
};

const RETRY_MS = 1_000;

/** What an answer that is no success means. */
export function httpMeaning(status: number): VonageMeaning {
  const known = httpStatuses[status];
  if (known !== undefined) return known;
  // A success nobody has described is none we could deny.
  if (status >= 500 || status < 300) return 'unknown';
  return status >= 400 ? 'rejected' : 'fault';
}

/**
 * The refusal as an error of the contract.
 * @param name the API with its code: nothing else of Vonage's is in its message
 */
export function vonageRefusal(meaning: VonageMeaning, name: string, said: VendorWords, retryAfterMs = RETRY_MS): Error {
  switch (meaning) {
    case 'rejected':
      return new CarrierRejected(`Vonage refused the message (${name})`, said);
    case 'unavailable':
      return new CarrierUnavailable(`Vonage is busy or throttles (${name})`, retryAfterMs, said);
    case 'fault':
      return new CarrierFault(`Vonage takes no messages from this account as it is configured (${name})`, said);
    case 'unknown':
      return new CarrierOutcomeUnknown(`Vonage does not say what became of the message (${name})`, said);
  }
}

/** What an answer of the JSON APIs that is no success means, by HTTP first: its codes are of use where HTTP only says "no". */
export function problemRefusal(api: string, { status, headers, text }: HttpAnswer): Error {
  const code = codeOf(text);
  const byHttp = httpMeaning(status);
  const meaning = byHttp === 'rejected' && code !== undefined ? (messagesCodes[code] ?? byHttp) : byHttp;
  const name = `${api}, HTTP ${status}${code === undefined ? '' : `, code ${code}`}`;
  const said = { ...(code !== undefined && { code }), ...wordsOf(text) };
  return vonageRefusal(meaning, name, said, retryAfterMs(headers));
}

/** Of a problem as RFC 7807 has it, and what it says of each parameter; older APIs have titles of another name. */
function wordsOf(text: string): { words?: string } {
  const { title, detail, error_title: older, invalid_parameters: parameters } = fieldsOf(text);
  const reasons = Array.isArray(parameters)
    ? parameters.slice(0, 5).map((each) => (each as { reason?: unknown } | null)?.reason)
    : [];
  const words = [title ?? older, detail, ...reasons].filter((each) => typeof each === 'string').join(': ');
  return words === '' ? {} : { words };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** In seconds, where it is a number. */
function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds * 1000) : RETRY_MS;
}

/** Of a problem as RFC 7807 has it: the number its type ends with. */
function codeOf(text: string): string | undefined {
  return /"type"\s*:\s*"[^"#]{1,200}#(\d{3,5})"/.exec(text)?.[1];
}
