// What Vonage reports of SMS and calls: three forms, by the API that carried them, each with a signature of its own.
import { type DeliveryState, type Receipt, stateByWord } from '../../domain/receipt.ts';
import type { CarrierRequest, Configuration } from '../carrier-request.ts';
import type { ParsedReceipts } from '../receipt-parsers.ts';
import { detectsMachines, type VonageSecrets, type VonageSettings } from './settings.ts';
import { isSignedSmsReport, isSignedWebhook, REPORT_AGE_SECONDS } from './signature.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `status` of a delivery receipt of the SMS API. Any other says nothing of the phone. */
export const smsStates: Readonly<Record<string, DeliveryState>> = {
  delivered: 'delivered',
  expired: 'undelivered',
  failed: 'undelivered',
  rejected: 'undelivered',
  deleted: 'undelivered',
};

/** `status` of a report of the Messages API. */
export const messageStates: Readonly<Record<string, DeliveryState>> = {
  delivered: 'delivered',
  read: 'delivered',
  rejected: 'undelivered',
  undeliverable: 'undelivered',
};

/** `status` of a call that ended without anybody hearing it. */
export const callStates: Readonly<Record<string, DeliveryState>> = {
  busy: 'undelivered',
  cancelled: 'undelivered',
  failed: 'undelivered',
  machine: 'undelivered',
  rejected: 'undelivered',
  timeout: 'undelivered',
  unanswered: 'undelivered',
};

/** The receipts of one report. */
export async function parseVonageReceipts(
  request: CarrierRequest,
  { settings, secrets }: Configuration<VonageSettings, VonageSecrets>,
): Promise<ParsedReceipts> {
  const fields = request.method === 'GET' ? request.query : fieldsOf(request.body);
  if (isText(fields.messageId) && isText(fields.status)) {
    return isGenuineSmsReport(fields, settings, secrets) ? [smsReceipt(fields)] : 'notGenuine';
  }
  const receipt = messageReceipt(fields) ?? callReceipt(fields, settings);
  if (!receipt) return undefined;
  const { signatureSecret } = secrets;
  if (
    signatureSecret !== undefined &&
    !(await isSignedWebhook(request, signatureSecret, Date.now(), REPORT_AGE_SECONDS))
  )
    return 'notGenuine';
  const reference = isText(fields.client_ref) ? fields.client_ref : request.query.reference;
  return receipt === 'none' ? [] : [{ ...receipt, ...(isText(reference) && { reference }) }];
}

/** Its signature is a setting of its own. Without one, only a carrier that uses that API takes what anybody could have made up. */
function isGenuineSmsReport(fields: Fields, settings: VonageSettings, { signatureSecret }: VonageSecrets): boolean {
  const { smsApi, smsSignature } = settings;
  if (smsSignature === undefined) return smsApi === 'sms';
  const parameters = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value ?? '')]));
  return (
    signatureSecret !== undefined &&
    isSignedSmsReport(parameters, smsSignature, signatureSecret, Date.now(), REPORT_AGE_SECONDS)
  );
}

function smsReceipt(fields: Fields): Receipt {
  const [status, error] = [String(fields.status), fields['err-code']];
  const state = stateByWord(smsStates, status) ?? 'underway';
  const reference = fields['client-ref'];
  return {
    messageId: String(fields.messageId),
    ...(isText(reference) && { reference }),
    state,
    ...(state !== 'delivered' && { reason: withDetail(status, isText(error) && error !== '0' ? error : undefined) }),
  };
}

function messageReceipt(fields: Fields): Receipt | undefined {
  if (!isText(fields.message_uuid) || !isText(fields.status)) return undefined;
  const { message_uuid: messageId, status } = fields;
  const state = stateByWord(messageStates, status) ?? 'underway';
  const { type, title } = fieldsOf(fields.error);
  const code = /#(\d{3,5})$/.exec(String(type ?? ''))?.[1] ?? /^\d{3,5}$/.exec(String(title ?? ''))?.[0];
  return { messageId, state, ...(state !== 'delivered' && { reason: withDetail(status, code) }) };
}

/** An event of a call; `none` for one that says nothing of how it went. */
function callReceipt(fields: Fields, settings: VonageSettings): Receipt | 'none' | undefined {
  const messageId = isText(fields.uuid) ? fields.uuid : fields.call_uuid;
  if (!isText(messageId) || !isText(fields.status)) return isText(fields.conversation_uuid) ? 'none' : undefined;
  const { status, detail } = fields;
  const state = stateByWord(callStates, status) ?? heardState(status, settings);
  if (state === 'delivered') return { messageId, state };
  const unheard = status === 'completed' && state === 'undelivered';
  return {
    messageId,
    state,
    reason: unheard ? 'NO_KEY_PRESS' : withDetail(status, isText(detail) ? detail : undefined),
  };
}

/**
 * A pressed key is the proof of a person, and comes by itself: without one, a call that was completed was heard by nobody. Where no
 * key is asked for, it is the ear of Vonage that tells a person from a machine; without that, whoever answered counts.
 */
function heardState(status: string, settings: VonageSettings): DeliveryState {
  if (settings.voice.keyPress) return status === 'completed' ? 'undelivered' : 'underway';
  return status === (detectsMachines(settings) ? 'human' : 'completed') ? 'delivered' : 'underway';
}

/** `FAILED:cannot_route`. */
function withDetail(status: string, detail: string | undefined): string {
  return detail === undefined ? status.toUpperCase() : `${status.toUpperCase()}:${detail}`;
}

/** An object's fields; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
