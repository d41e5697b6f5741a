// An SMS as Twilio's Messages API takes it.
import { CarrierRejected, type OutgoingMessage } from '../carrier.ts';
import type { CarrierUrls } from '../carrier-request.ts';
import type { Fields } from './api.ts';
import { repeated } from './repeats.ts';
import { type TwilioSettings, twilioOptions } from './settings.ts';

/** The queue of Twilio holds nothing for longer; in seconds. */
const LONGEST_VALIDITY = 36_000;
const LONGEST_TEXT = 1_600;
/** Numbers for people have more digits than that. */
const LONGEST_SHORT_CODE = 8;

/** @throws CarrierRejected for what Twilio would refuse whatever else is right */
export function smsFields(
  message: OutgoingMessage,
  idempotencyKey: string,
  settings: TwilioSettings,
  urls: CarrierUrls | undefined,
): Fields {
  const { recipient, text, validForSeconds } = message;
  if (text.length > LONGEST_TEXT) throw new CarrierRejected(`Twilio takes texts of ${LONGEST_TEXT} characters at most`);
  const { messageFeedback, smartEncoded, contentRetention, addressRetention, riskCheck } = settings;
  return [
    ['To', recipient],
    ...senderFields(message, settings),
    ['Body', text],
    ['ValidityPeriod', String(Math.min(validForSeconds, LONGEST_VALIDITY))],
    ['SmartEncoded', String(smartEncoded)],
    ['ProvideFeedback', String(messageFeedback)],
    ...given('StatusCallback', urls && repeated(urls.receipts(idempotencyKey))),
    ...given('ContentRetention', contentRetention),
    ...given('AddressRetention', addressRetention),
    ...given('RiskCheck', riskCheck),
  ];
}

/** A Messaging Service chooses from its pool, unless the originator is to be the one. */
function senderFields({ originator, options = {} }: OutgoingMessage, settings: TwilioSettings): Fields {
  const read = twilioOptions.safeParse(options);
  if (!read.success)
    throw new CarrierRejected('a step of the route has options that Twilio does not have: put the route anew');
  const service = read.data.messagingServiceSid ?? settings.messagingServiceSid;
  const sender = read.data.sender ?? settings.sender;
  return [
    ...given('MessagingServiceSid', service),
    ...given('From', service === undefined || sender === 'originator' ? senderOf(originator) : undefined),
  ];
}

/** Twilio wants a plus before a phone number, and none before a short code. */
export function senderOf(originator: string): string {
  return phoneNumberOf(originator) ?? originator;
}

/** The originator as a phone number in E.164; undefined for what is none. */
export function phoneNumberOf(originator: string): string | undefined {
  const digits = /^\+?(\d+)$/.exec(originator)?.[1];
  return digits !== undefined && digits.length > LONGEST_SHORT_CODE ? `+${digits}` : undefined;
}

function given(name: string, value: string | undefined): Fields {
  return value === undefined ? [] : [[name, value]];
}
