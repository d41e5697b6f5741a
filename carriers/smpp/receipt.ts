// Reads what an SMSC delivers: a receipt by its TLVs first and its text second, or something that is no receipt.
import type { Receipt } from '../../domain/receipt.ts';
import { canonicalMessageId } from './message-id.ts';
import type { Pdu } from './pdu.ts';
import { octetsOf } from './protocol.ts';
import { type OwnStates, type ReadState, stateOfNumber, stateOfWord } from './receipt-states.ts';
import type { SmppSettings } from './settings.ts';

const MESSAGE_TYPE = 0x3c;
const RECEIPT = 0x04;
const INTERMEDIATE = 0x20;
/** A message_payload may be as long as 65,535 octets; the fields stand first. */
const LONGEST_FIELDS = 1_000;

type ReceiptSettings = Pick<SmppSettings, 'messageIds'> & Partial<Pick<SmppSettings, 'receiptStates'>>;

/**
 * The receipt in a deliver_sm or data_sm; `unnamed` when no id is in it. What a phone may have written counts for nothing: a
 * text is read only where the SMSC says by esm_class that it is its own.
 */
export function readReceipt(pdu: Pdu, { messageIds, receiptStates }: ReceiptSettings): Receipt | 'unnamed' | 'none' {
  const tlvId = octetsOf(pdu.receipted_message_id).toString('latin1');
  const type = Number(pdu.esm_class) & MESSAGE_TYPE;
  const said = type === RECEIPT || type === INTERMEDIATE ? readText(textOf(pdu)) : {};
  if (tlvId === '' && type !== RECEIPT && type !== INTERMEDIATE) return 'none';
  const messageId =
    canonicalMessageId(tlvId, messageIds.receiptTlv ?? messageIds.response) ??
    canonicalMessageId(said.id ?? '', messageIds.receipt);
  if (messageId === undefined) return 'unnamed';
  const { state, name } = stateOf(pdu, said.stat, receiptStates);
  if (state === 'delivered') return { messageId, state };
  const error = said.err ?? networkError(pdu);
  const reason = error && Number(error) !== 0 ? `${name}:${error}` : name;
  // One attempt has failed, and others follow: an intermediate notification tells of no ending but delivery.
  return { messageId, state: type === INTERMEDIATE ? 'underway' : state, reason };
}

/** message_state before the word of the text, unless the word proves something and the number nothing. */
function stateOf(pdu: Pdu, stat: string | undefined, own: OwnStates | undefined): ReadState {
  const octets = octetsOf(pdu.message_state);
  const sound = octets.length > 0 && octets.length <= 4;
  const byNumber = sound ? stateOfNumber(octets.readUIntBE(0, octets.length), own) : undefined;
  const byWord = stateOfWord(stat ?? '', own);
  const proven = [byNumber, byWord].find((each) => each && each.state !== 'underway');
  return proven ?? byNumber ?? byWord ?? { state: 'underway', name: 'UNKNOWN' };
}

/** Its octets are ASCII whatever data_coding says, unless each has a zero before it. */
function textOf(pdu: Pdu): string {
  const message = octetsOf(pdu.short_message);
  const octets = message.length > 0 ? message : octetsOf(pdu.message_payload);
  const wide = octets.length > 1 && octets.length % 2 === 0 && octets.every((octet, at) => at % 2 === 1 || octet === 0);
  return wide ? Buffer.from(octets).swap16().toString('utf16le') : octets.toString('latin1');
}

/** Quotes around an id are no part of it, and the field behind an empty one is none. */
const ID =
  /\bid:\s*(?!(?:sub|dlvrd|stat(?:us|e)?|err|submit|done)\b)["']?([^\s"']\S{0,199}?)["']?(?=\s|$|[,;|][a-z ]{1,12}:)/i;

/**
 * The fields of appendix B; what follows `text:` is the message's own and never looked at. An error is too short to be a code of
 * ours, should an SMSC write the message where the error belongs.
 */
function readText(text: string): { id?: string; stat?: string; err?: string } {
  const fields = text.slice(0, LONGEST_FIELDS).split(/\btext:/i)[0] ?? '';
  const id = ID.exec(fields)?.[1];
  const stat = readStat(fields);
  const err = /\berr:\s*(0x[0-9a-f]{1,4}|[0-9a-z]{1,3})\b/i.exec(fields)?.[1];
  return { ...(id && { id }), ...(stat && { stat }), ...(err && { err }) };
}

/**
 * Up to the next field or separator, since `stat:DELIVERED TO SMSC` is another state than DELIVERED. Quotes around it are no part
 * of it.
 */
function readStat(fields: string): string | undefined {
  const [, after, next] = /\bstat(?:us|e)?:\s*([^:]{1,100})(:?)/i.exec(fields) ?? [];
  const upToNext = next === ':' ? after?.replace(/(?:submit date|done date|[\w-]+)$/i, '') : after;
  return upToNext?.split(/[,;|\r\n\0]/)[0]?.replace(/^["'\s]+|["'.\s]+$/g, '');
}

/** Which network, and its own code in two octets (SMPP 3.4, 5.3.2.31). */
function networkError(pdu: Pdu): string | undefined {
  const octets = octetsOf(pdu.network_error_code);
  return octets.length === 3 ? String(octets.readUInt16BE(1)) : undefined;
}
