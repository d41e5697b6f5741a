// The SMPP library made ready for use: fields of receipts are left as octets, and TLVs of any number have a name to be sent by.
import smpp from 'smpp';

// Its own readers decode by data_coding, run over the end of a field, and stop the session at an empty one (docs/decisions/016).
const deliverMessage = smpp.commands.deliver_sm?.params;
if (!deliverMessage)
  throw new Error('The library `smpp` does not know deliver_sm: docs/decisions/016 names the version to use');
deliverMessage.short_message = { type: smpp.types.buffer };
for (const [name, id] of Object.entries({
  message_payload: 0x0424,
  receipted_message_id: 0x001e,
  message_state: 0x0427,
  network_error_code: 0x0423,
  user_message_reference: 0x0204,
})) {
  smpp.addTLV(name, { id, type: smpp.types.tlv.buffer });
}

const known = new Set<number>();

/** The name a TLV is sent by; its value is a buffer. The library leaves out, without a word, what it has no name for. */
export function tlvName(tag: number): string {
  const name = `tlv_0x${tag.toString(16).padStart(4, '0')}`;
  if (!known.has(tag)) {
    smpp.addTLV(name, { id: tag, type: smpp.types.tlv.buffer });
    known.add(tag);
  }
  return name;
}

/** What a field of a received PDU holds; empty where it is missing. */
export function octetsOf(field: unknown): Buffer {
  return Buffer.isBuffer(field) ? field : Buffer.alloc(0);
}

export const status = {
  ok: 0,
  /** To a command that is not for us. */
  invalidCommand: smpp.errors.ESME_RINVCMDID ?? 0x03,
  /** To a receipt that could not be kept: it shall come again. */
  tryAgain: smpp.errors.ESME_RX_T_APPN ?? 0x64,
} as const;

export const INTERFACE_VERSION = 0x34;
