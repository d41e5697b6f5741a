// What each of Twilio's error codes means for a message; a test holds the table in docs/carriers-twilio.md against this one.
import { CarrierFault, CarrierOutcomeUnknown, CarrierRejected, CarrierUnavailable } from '../carrier.ts';

/** Refused for good; refused for now; nobody's message would be taken; or nobody knows what became of it. */
export type TwilioMeaning = 'rejected' | 'unavailable' | 'fault' | 'unknown';

/** By code, with a word for people. What is said of a sender or a country is about this message: others may go through. */
export const twilioCodes: Readonly<Record<number, readonly [TwilioMeaning, string]>> = {
  10001: ['fault', 'the account is not active'],
  10002: ['fault', 'a trial account may not do this'],
  10004: ['unavailable', 'too many calls at once'],
  20001: ['rejected', 'an unknown parameter'],
  20003: ['fault', 'the credentials are refused'],
  20004: ['fault', 'the method is not allowed'],
  20005: ['fault', 'the account is not active'],
  20006: ['fault', 'access is denied'],
  20008: ['fault', 'these are test credentials'],
  20010: ['fault', 'the action is disabled for the account'],
  20011: ['fault', 'the version of TLS is refused'],
  20012: ['fault', 'the ciphers of TLS are refused'],
  20151: ['fault', 'the credentials are refused'],
  20403: ['fault', 'access is forbidden'],
  20404: ['fault', 'the account is not found'],
  20409: ['unavailable', 'a conflict'],
  20410: ['fault', 'the resource is gone'],
  20422: ['rejected', 'an invalid parameter'],
  20426: ['fault', 'an upgrade is required'],
  20429: ['unavailable', 'too many requests'],
  20500: ['unknown', 'an internal error'],
  20503: ['unknown', 'the service is unavailable'],
  20504: ['unknown', 'an internal error'],
  21201: ['rejected', 'no number to call'],
  21202: ['rejected', 'a premium number'],
  21203: ['rejected', 'international calls are not enabled'],
  21205: ['fault', 'our URL is refused'],
  21208: ['rejected', 'an invalid ringing time'],
  21210: ['rejected', 'the caller id is not verified'],
  21211: ['rejected', 'the number is not valid'],
  21212: ['rejected', 'the sender is not valid'],
  21213: ['rejected', 'no caller id'],
  21214: ['rejected', 'the number cannot be reached'],
  21215: ['rejected', 'calls to this country are not enabled'],
  21216: ['rejected', 'the call is blocked'],
  21217: ['rejected', 'the number does not look valid'],
  21219: ['rejected', 'a trial account calls verified numbers only'],
  21234: ['rejected', 'an invalid machine detection'],
  21264: ['rejected', 'the sender is not verified'],
  21265: ['rejected', 'a short code'],
  21266: ['rejected', 'the sender and the recipient are the same'],
  21267: ['rejected', 'a trial account has no alphanumeric sender'],
  21268: ['rejected', 'a premium number'],
  21401: ['rejected', 'the number is not valid'],
  21408: ['rejected', 'messages to this country are not enabled'],
  21470: ['fault', 'the account is not valid'],
  21471: ['fault', 'the account does not exist'],
  21472: ['fault', 'the account is not active'],
  21601: ['rejected', 'the number takes no messages'],
  21602: ['rejected', 'no text'],
  21603: ['rejected', 'no sender'],
  21604: ['rejected', 'no recipient'],
  21605: ['rejected', 'the text is too long'],
  21606: ['rejected', 'the sender cannot send messages'],
  21607: ['rejected', 'a trial account has one sender'],
  21608: ['rejected', 'a trial account sends to verified numbers only'],
  21609: ['fault', 'our URL for receipts is refused'],
  21610: ['rejected', 'the recipient has opted out'],
  21611: ['unavailable', 'the queue of the sender is full'],
  21612: ['rejected', 'this sender cannot reach this number'],
  21614: ['rejected', 'not a mobile number'],
  21616: ['rejected', 'the sender is ambiguous'],
  21617: ['rejected', 'the text is too long'],
  21618: ['rejected', 'the text cannot be sent'],
  21619: ['rejected', 'no text'],
  21624: ['rejected', 'an invalid validity'],
  21635: ['rejected', 'a landline'],
  21657: ['rejected', 'the sender is not valid'],
  21658: ['rejected', 'a parameter is too long'],
  21659: ['rejected', 'the sender is none of Twilio, or of another country'],
  21660: ['rejected', 'the sender is of another account'],
  21661: ['rejected', 'the sender cannot send messages'],
  21662: ['rejected', 'this sender cannot reach this number from Ireland'],
  21663: ['rejected', 'the sender is routed wrongly'],
  21668: ['rejected', 'the sender cannot send messages from Ireland'],
  21701: ['rejected', 'the Messaging Service does not exist'],
  21702: ['rejected', 'the Messaging Service cannot send'],
  21703: ['rejected', 'the Messaging Service has no sender for this'],
  21704: ['rejected', 'the Messaging Service has no senders'],
  21705: ['rejected', 'the Messaging Service is not valid'],
  21709: ['rejected', 'the Messaging Service may not use this sender'],
  21711: ['rejected', 'the sender is not in the Messaging Service'],
  21712: ['rejected', 'the sender is in another Messaging Service'],
  21730: ['unavailable', 'it is under maintenance'],
  21900: ['rejected', 'the DLT entity is not valid'],
  21901: ['rejected', 'the DLT template is not valid'],
  22005: ['unavailable', 'the queue of calls is full'],
  30001: ['unavailable', 'the queue is full'],
  30002: ['fault', 'the account is suspended'],
  30017: ['unavailable', 'the network is congested'],
  30022: ['unavailable', 'the rate of the US campaign is exceeded'],
  30023: ['rejected', 'the day’s messages of the US campaign are used up'],
  30027: ['rejected', 'the day’s messages to this network are used up'],
  30029: ['fault', 'the account may not discard texts'],
  30030: ['fault', 'the account may not obfuscate numbers'],
  30032: ['rejected', 'the toll-free sender is not verified'],
  30033: ['rejected', 'the US campaign is suspended'],
  30034: ['rejected', 'the sender is not registered'],
  30037: ['fault', 'sending is disabled for the account'],
  30038: ['rejected', 'texts with codes are filtered'],
  30040: ['rejected', 'the network wants the sender registered'],
  30041: ['rejected', 'the country wants the sender registered'],
  30042: ['rejected', 'the sender is generic or not ours'],
  30044: ['rejected', 'the text is too long for a trial account'],
  30450: ['rejected', 'blocked as SMS pumping'],
};

/** Where Twilio does not say for how long it is to be left alone. */
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** What a refused request means: by its code, else by its status. */
export function meaningOf(status: number, code: number | undefined): TwilioMeaning {
  // Whatever code comes with them: nobody knows how far the request got.
  if (status >= 500 || status === 408) return 'unknown';
  const known = code === undefined ? undefined : twilioCodes[code];
  if (known) return known[0];
  if (status === 429) return 'unavailable';
  // A redirect leads elsewhere, and 404 and 405 say that here is no such API.
  if (status < 400 || [401, 403, 404, 405, 407].includes(status)) return 'fault';
  return 'rejected';
}

/** The refusal as an error of the contract: nothing of Twilio's is in its message but the code. */
export function refusal(
  status: number,
  code: number | undefined,
  retryAfterMs: number | undefined,
  words?: string,
): CarrierRejected | CarrierUnavailable | CarrierFault | CarrierOutcomeUnknown {
  const word = code === undefined ? undefined : twilioCodes[code]?.[1];
  const what = `${word === undefined ? '' : `${word}: `}${code === undefined ? `HTTP ${status}` : `code ${code}`}`;
  const said = { ...(code !== undefined && { code: String(code) }), ...(words !== undefined && { words }) };
  switch (meaningOf(status, code)) {
    case 'rejected':
      return new CarrierRejected(`Twilio refused it (${what})`, said);
    case 'unavailable':
      return new CarrierUnavailable(
        `Twilio is busy (${what})`,
        Math.min(retryAfterMs ?? PAUSE_MS, LONGEST_PAUSE_MS),
        said,
      );
    case 'fault':
      return new CarrierFault(`Twilio takes nothing from this account (${what})`, said);
    case 'unknown':
      return new CarrierOutcomeUnknown(`Twilio did not say what became of it (${what})`, said);
  }
}
