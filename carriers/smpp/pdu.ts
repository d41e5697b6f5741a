// PDUs as they come from an SMSC: whatever one holds, it is read as far as it can be, and nothing in it throws.
import { HEADER_OCTETS } from './frames.ts';
import { type ReadTlvs, readTlvs, type Unread } from './tlv-octets.ts';

/** What a carrier reads; a field is there only if it came. */
export interface Pdu extends ReadTlvs {
  readonly command_id: number;
  readonly command_status: number;
  readonly sequence_number: number;
  /** Of a response, as it stands. */
  readonly message_id?: string;
  readonly source_addr?: string;
  readonly esm_class?: number;
  readonly short_message?: Buffer;
  /** What was passed over. */
  readonly unread: readonly Unread[];
}

export const commandId = {
  genericNack: 0x8000_0000,
  deliverSm: 0x05,
  unbind: 0x06,
  outbind: 0x0b,
  enquireLink: 0x15,
  alertNotification: 0x102,
  dataSm: 0x103,
} as const;

const RESPONSE = 0x8000_0000;
/** Those with a message_id: submit_sm_resp and data_sm_resp. */
const NAMING: ReadonlySet<number> = new Set([0x8000_0004, 0x8000_0103]);

export const isResponse = ({ command_id: id }: Pick<Pdu, 'command_id'>): boolean => id >= RESPONSE;
/** The command_id that answers this one. */
export const responseTo = (id: number): number => id + RESPONSE;

type Kind = 'text' | 'octet' | 'message';
type Fields = Pick<Pdu, 'message_id' | 'source_addr' | 'esm_class' | 'short_message'>;

const addresses: readonly (readonly [string, Kind])[] = [
  ['service_type', 'text'],
  ['source_addr_ton', 'octet'],
  ['source_addr_npi', 'octet'],
  ['source_addr', 'text'],
  ['dest_addr_ton', 'octet'],
  ['dest_addr_npi', 'octet'],
  ['destination_addr', 'text'],
  ['esm_class', 'octet'],
];

/** The mandatory fields of what is looked into, in their order (SMPP 3.4, 4.6.1 and 4.7.1). */
const layouts: ReadonlyMap<number, readonly (readonly [string, Kind])[]> = new Map([
  [
    commandId.deliverSm,
    [
      ...addresses,
      ['protocol_id', 'octet'],
      ['priority_flag', 'octet'],
      ['schedule_delivery_time', 'text'],
      ['validity_period', 'text'],
      ['registered_delivery', 'octet'],
      ['replace_if_present_flag', 'octet'],
      ['data_coding', 'octet'],
      ['sm_default_msg_id', 'octet'],
      ['short_message', 'message'],
    ],
  ],
  [commandId.dataSm, [...addresses, ['registered_delivery', 'octet'], ['data_coding', 'octet']]],
]);

/** @param octets one PDU, its header included */
export function readPdu(octets: Buffer): Pdu {
  const header = {
    command_id: octets.readUInt32BE(4),
    command_status: octets.readUInt32BE(8),
    sequence_number: octets.readUInt32BE(12),
  };
  const body = octets.subarray(HEADER_OCTETS);
  const layout = layouts.get(header.command_id);
  if (!layout) {
    // What a response says beyond its status and id is of no use, and many write it wrongly.
    const named = NAMING.has(header.command_id) && body.length > 0;
    return { ...header, unread: [], ...(named && { message_id: textAt(body, 0) }) };
  }
  const { fields, end, unread } = readFields(layout, body);
  const rest = readTlvs(body, end);
  return { ...header, ...fields, ...rest.tlvs, unread: [...unread, ...rest.unread] };
}

/** A body that ends too early has the fields that came before its end. */
function readFields(layout: readonly (readonly [string, Kind])[], body: Buffer) {
  const fields: Record<string, unknown> = {};
  const unread: Unread[] = [];
  let at = 0;
  for (const [name, kind] of layout) {
    const first = body[at];
    if (first === undefined) {
      unread.push({ type: name, length: 0 });
      break;
    }
    const length = kind === 'octet' ? 0 : kind === 'message' ? first : textAt(body, at).length;
    if (kind === 'octet') fields[name] = first;
    if (kind === 'text') fields[name] = textAt(body, at);
    if (kind === 'message') fields[name] = body.subarray(at + 1, at + 1 + length);
    at += 1 + length;
    // Without its NUL, or cut off: it is taken as far as it goes.
    if (at > body.length) unread.push({ type: name, length });
  }
  return { fields: fields as Fields, end: Math.min(at, body.length), unread };
}

/** Up to its NUL, or to the end where there is none. */
function textAt(body: Buffer, at: number): string {
  const end = body.indexOf(0, at);
  return body.toString('latin1', at, end < 0 ? body.length : end);
}
