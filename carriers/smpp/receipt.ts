// Reads what an SMSC delivers: a receipt by its TLVs first and its text second, or something that is no receipt.
import type { Pdu } from 'smpp';
import type { DeliveryState, Receipt } from '../../domain/receipt.ts';
import { canonicalMessageId } from './message-id.ts';
import { octetsOf } from './protocol.ts';
import type { SmppSettings } from './settings.ts';

/** By its number in message_state (SMPP 3.4, 5.2.28; 0 and 9 are of 5.0). */
const states: readonly string[] = [
  'SCHEDULED',
  'ENROUTE',
  'DELIVRD',
  'EXPIRED',
  'DELETED',
  'UNDELIV',
  'ACCEPTD',
  'UNKNOWN',
  'REJECTD',
  'SKIPPED',
];

/** Any other changes nothing: an SMSC that does not know is no proof that nobody reads the message. */
const endings: Readonly<Record<string, DeliveryState>> = {
  DELIVRD: 'delivered',
  EXPIRED: 'undelivered',
  DELETED: 'undelivered',
  UNDELIV: 'undelivered',
  REJECTD: 'undelivered',
  SKIPPED: 'undelivered',
};

const MESSAGE_TYPE = 0x3c;
const RECEIPT = 0x04;
const INTERMEDIATE = 0x20;

/**
 * The receipt in a deliver_sm or data_sm; `unnamed` when no id is in it. What a phone may have written counts for nothing: a
 * text is read only where the SMSC says by esm_class that it is its own.
 */
export function readReceipt(pdu: Pdu, { messageIds }: Pick<SmppSettings, 'messageIds'>): Receipt | 'unnamed' | 'none' {
  const tlvId = octetsOf(pdu.receipted_message_id).toString('latin1');
  const type = Number(pdu.esm_class) & MESSAGE_TYPE;
  const said = type === RECEIPT || type === INTERMEDIATE ? readText(textOf(pdu)) : {};
  if (tlvId === '' && type !== RECEIPT && type !== INTERMEDIATE) return 'none';
  const messageId =
    canonicalMessageId(tlvId, messageIds.receiptTlv ?? messageIds.response) ??
    canonicalMessageId(said.id ?? '', messageIds.receipt);
  if (messageId === undefined) return 'unnamed';
  const name = states[octetsOf(pdu.message_state)[0] ?? -1] ?? said.stat ?? 'UNKNOWN';
  const state = endings[name] ?? 'underway';
  if (state === 'delivered') return { messageId, state };
  const error = said.err ?? networkError(pdu);
  return { messageId, state, reason: error && Number(error) !== 0 ? `${name}:${error}` : name };
}

/** Its octets are ASCII whatever data_coding says, unless each has a zero before it. */
function textOf(pdu: Pdu): string {
  const message = octetsOf(pdu.short_message);
  const octets = message.length > 0 ? message : octetsOf(pdu.message_payload);
  const wide = octets.length > 1 && octets.length % 2 === 0 && octets.every((octet, at) => at % 2 === 1 || octet === 0);
  return wide ? Buffer.from(octets).swap16().toString('utf16le') : octets.toString('latin1');
}

/**
 * The fields of appendix B; what follows `text:` is the message's own and never looked at. An error is too short to be a code of
 * ours, should an SMSC write the message where the error belongs.
 */
function readText(text: string): { id?: string; stat?: string; err?: string } {
  const fields = text.split(/\btext:/i)[0] ?? '';
  const id = /\bid:\s*([^\s]{1,200})/i.exec(fields)?.[1];
  const stat = /\bstat:\s*([a-z]{1,10})\b/i.exec(fields)?.[1]?.toUpperCase();
  const err = /\berr:\s*(0x[0-9a-f]{1,4}|[0-9a-z]{1,3})\b/i.exec(fields)?.[1];
  return { ...(id && { id }), ...(stat && { stat }), ...(err && { err }) };
}

/** Which network, and its own code in two octets (SMPP 3.4, 5.3.2.31). */
function networkError(pdu: Pdu): string | undefined {
  const octets = octetsOf(pdu.network_error_code);
  return octets.length === 3 ? String(octets.readUInt16BE(1)) : undefined;
}
