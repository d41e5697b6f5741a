// What Twilio reports of messages and calls, by its status callbacks: signed forms, with our reference in the URL.
import { type DeliveryState, type Receipt, stateByWord } from '../../domain/receipt.ts';
import type { CarrierRequest, Configuration } from '../carrier-request.ts';
import { detectsMachines, type TwilioSecrets, type TwilioSettings } from './settings.ts';
import { formOf, isTwilios } from './signature.ts';

const messageStates: Readonly<Record<string, DeliveryState>> = {
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'undelivered',
  canceled: 'undelivered',
};
const callStates: Readonly<Record<string, DeliveryState>> = {
  busy: 'undelivered',
  'no-answer': 'undelivered',
  failed: 'undelivered',
  canceled: 'undelivered',
};

/** All other states are on the way: `queued`, `sent`, `ringing` and the like. */
export function parseTwilioReceipt(
  request: CarrierRequest,
  { settings, secrets }: Configuration<TwilioSettings, TwilioSecrets>,
): readonly Receipt[] | undefined | 'notGenuine' {
  if (!isTwilios(request, secrets)) return 'notGenuine';
  const form = formOf(request.body) ?? {};
  const said = (name: string) => (typeof form[name] === 'string' && form[name] !== '' ? form[name] : undefined);
  const [messageStatus, callStatus] = [said('MessageStatus') ?? said('SmsStatus'), said('CallStatus')];
  const messageId = said('MessageSid') ?? said('SmsSid') ?? said('CallSid');
  const status = messageStatus ?? callStatus;
  if (messageId === undefined || status === undefined) return undefined;
  const reference = request.query.reference;
  const outcome =
    messageStatus !== undefined
      ? {
          state: stateByWord(messageStates, messageStatus) ?? 'underway',
          reason: said('ErrorCode') ?? word(messageStatus),
        }
      : callOutcome(status, said, settings);
  // Nothing went wrong with a code of zero.
  const { state, reason = word(status) } = outcome.reason === '0' ? { state: outcome.state } : outcome;
  return [
    {
      messageId,
      ...(typeof reference === 'string' && { reference }),
      state,
      ...(state !== 'delivered' && { reason }),
    },
  ];
}

/**
 * A call that came about and asked for a key was of use only if one was pressed: that is told with the key, and outranks this. Where
 * Twilio was to find out who answers, a person counts alone; where nobody looks, whoever answered.
 */
function callOutcome(
  status: string,
  said: (name: string) => string | undefined,
  settings: TwilioSettings,
): { state: DeliveryState; reason?: string } {
  if (status === 'completed') {
    const answeredBy = said('AnsweredBy');
    if (isMachine(answeredBy)) return { state: 'undelivered', reason: 'MACHINE' };
    if (settings.voice.keyPress) return { state: 'undelivered', reason: 'NO_KEY_PRESS' };
    if (isPerson(answeredBy) || !detectsMachines(settings)) return { state: 'delivered' };
    return { state: 'underway', reason: 'ANSWERED_BY_UNKNOWN' };
  }
  const sip = said('SipResponseCode');
  const state = stateByWord(callStates, status) ?? 'underway';
  return { state, reason: status === 'failed' && sip !== undefined ? `SIP_${sip}` : word(status) };
}

/** Whether a mailbox or a fax answered, where Twilio was asked to find out. */
export function isMachine(answeredBy: string | undefined): boolean {
  return answeredBy !== undefined && /^(machine|fax)/.test(answeredBy);
}

/** Whether Twilio is sure that a person did: `unknown` and no word at all prove nothing. */
export function isPerson(answeredBy: string | undefined): boolean {
  return answeredBy === 'human';
}

/** `no-answer` as `NO_ANSWER`. */
const word = (status: string) => status.toUpperCase().replaceAll('-', '_');
