// What the SMPP library is used for: requests as octets, and the names of things. What comes in is read by us (docs/decisions/016).
import smpp from 'smpp';
import { responseTo } from './pdu.ts';

/** By the names of SMPP 3.4; messages and TLVs are buffers. */
export type PduFields = Readonly<Record<string, string | number | Buffer>>;

// The library would write the one as a number and encode the other again.
for (const [name, id] of Object.entries({ user_message_reference: 0x0204, message_payload: 0x0424 })) {
  smpp.addTLV(name, { id, type: smpp.types.tlv.buffer });
}

/** A request as octets; undefined where a field cannot be written. @throws on a command that SMPP does not know */
export function writePdu(command: string, fields: PduFields, sequence: number): Buffer | undefined {
  const pdu = new smpp.PDU(command, { ...fields, sequence_number: sequence });
  try {
    return pdu.toBuffer();
  } catch {
    return undefined;
  }
}

/** deliver_sm_resp and data_sm_resp have a message id, which is empty; of a refusal, nothing but the header is written. */
const NAMING: ReadonlySet<number> = new Set([0x8000_0005, 0x8000_0103]);

export function writeResponse(id: number, commandStatus: number, sequence: number): Buffer {
  const length = commandStatus === 0 && NAMING.has(id) ? 17 : 16;
  const octets = Buffer.alloc(length);
  for (const [at, value] of [length, id, commandStatus, sequence].entries()) octets.writeUInt32BE(value, at * 4);
  return octets;
}

const requests: ReadonlySet<number> = new Set(Object.values(smpp.commands).map(({ id }) => id));

/** Whether SMPP has a response for it: to anything else generic_nack is said. */
export const isRequest = (id: number): boolean => requests.has(id) && requests.has(responseTo(id));

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
