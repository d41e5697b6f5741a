// A call as Twilio's Calls API takes it: it asks for a key, or says the code once somebody answered.
import { CarrierRejected, type OutgoingMessage } from '../carrier.ts';
import type { CarrierUrls } from '../carrier-request.ts';
import type { Fields } from './api.ts';
import { repeated } from './repeats.ts';
import { detectsMachines, type TwilioSettings } from './settings.ts';
import { phoneNumberOf } from './sms.ts';
import { askForKey, sayCode } from './twiml.ts';

/** Of TwiML that comes with the request. */
const LONGEST_TWIML = 4_000;

/** @throws CarrierRejected: nothing is asked of Twilio then */
export function callFields(
  message: OutgoingMessage,
  idempotencyKey: string,
  settings: TwilioSettings,
  urls: CarrierUrls | undefined,
): Fields {
  const { recipient, originator, validForSeconds } = message;
  const from = phoneNumberOf(originator) ?? settings.callerId;
  if (from === undefined) {
    throw new CarrierRejected(
      'a call needs a number to come from: set callerId, or an originator that is a phone number',
    );
  }
  return [
    ['To', recipient],
    ['From', from],
    ...whatToSay(message, idempotencyKey, settings, urls),
    ['Record', 'false'],
    ['Timeout', String(Math.min(settings.voice.ringSeconds, validForSeconds))],
    ['TimeLimit', String(settings.voice.mostSeconds)],
    ...(detectsMachines(settings) ? ([['MachineDetection', 'Enable']] as const) : []),
    ...statusFields(idempotencyKey, urls),
  ];
}

function whatToSay(
  { speech, text, validForSeconds }: OutgoingMessage,
  reference: string,
  settings: TwilioSettings,
  urls: CarrierUrls | undefined,
): Fields {
  const spoken = speech ?? { text, language: 'en' };
  // Whether there is a voice for it is found out now, also where it is said later.
  const said = sayCode(spoken, undefined, settings);
  if (!settings.voice.keyPress && !detectsMachines(settings)) return [['Twiml', bounded(said)]];
  const url = urls?.call({ reference, speech: spoken, validUntil: Date.now() + validForSeconds * 1000 });
  if (url === undefined) {
    // No fault of the carrier: that would keep its SMS back, too.
    throw new CarrierRejected(
      'a call that keeps the code from mailboxes needs PUBLIC_URL to be an address that Twilio can reach',
    );
  }
  if (settings.voice.keyPress) return [['Twiml', bounded(askForKey(spoken.language, url, settings))]];
  // Asked for once somebody answered, and told who did: a mailbox is told nothing.
  return [['Url', repeated(url)]];
}

/** `initiated` comes at once, and with our reference: it finds a call whose answer was lost. */
function statusFields(idempotencyKey: string, urls: CarrierUrls | undefined): Fields {
  if (!urls) return [];
  return [
    ['StatusCallback', repeated(urls.receipts(idempotencyKey))],
    ['StatusCallbackEvent', 'initiated'],
    ['StatusCallbackEvent', 'completed'],
  ];
}

function bounded(twiml: string): string {
  if (twiml.length > LONGEST_TWIML) throw new CarrierRejected('the text is too long for a call by Twilio: shorten it');
  return twiml;
}
