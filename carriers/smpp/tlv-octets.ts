// TLVs as they come: which the carrier reads and under which name, and how many octets each of the specification must have.

/** By the names of SMPP 3.4; all others are passed over. */
export interface ReadTlvs {
  readonly receipted_message_id?: Buffer;
  readonly user_message_reference?: Buffer;
  readonly network_error_code?: Buffer;
  readonly message_payload?: Buffer;
  readonly message_state?: Buffer;
}

const names: ReadonlyMap<number, keyof ReadTlvs> = new Map([
  [0x001e, 'receipted_message_id'],
  [0x0204, 'user_message_reference'],
  [0x0423, 'network_error_code'],
  [0x0424, 'message_payload'],
  [0x0427, 'message_state'],
]);

/** SMPP 3.4, 5.3.2: those that say nothing with less. */
const least: ReadonlyMap<number, number> = new Map([
  ...[0x0005, 0x0006, 0x0007, 0x000d, 0x000e, 0x000f, 0x0010, 0x0019, 0x001d, 0x001e, 0x0030].map(octets(1)),
  ...[0x0201, 0x0205, 0x020d, 0x020e, 0x020f, 0x0210, 0x0302, 0x0303, 0x0304, 0x0420, 0x0421].map(octets(1)),
  ...[0x0422, 0x0425, 0x0426, 0x0427, 0x0428, 0x0501, 0x1201, 0x1204, 0x1380].map(octets(1)),
  ...[0x0008, 0x0202, 0x0203, 0x0204, 0x020a, 0x020b, 0x020c, 0x1203, 0x1383].map(octets(2)),
  ...[0x0381, 0x0423].map(octets(3)),
  ...[0x0017].map(octets(4)),
]);

/** Of those that are read: what is longer is something else. */
const most: ReadonlyMap<number, number> = new Map([
  [0x0204, 2],
  [0x0423, 3],
  [0x0427, 4],
]);

/** A TLV that could not be read; nothing of its value is in it. */
export interface Unread {
  /** `0x0427`, or the name of a field. */
  readonly type: string;
  /** As it was claimed, in octets. */
  readonly length: number;
}

/** The TLVs from there to the end of a PDU: what can be read, and what is passed over. The first of a kind that can be read counts. */
export function readTlvs(octetsOfBody: Buffer, from: number): { tlvs: ReadTlvs; unread: Unread[] } {
  const tlvs: { -readonly [name in keyof ReadTlvs]: ReadTlvs[name] } = {};
  const unread: Unread[] = [];
  let at = from;
  while (at + 4 <= octetsOfBody.length) {
    const [tag, length] = [octetsOfBody.readUInt16BE(at), octetsOfBody.readUInt16BE(at + 2)];
    const value = octetsOfBody.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    const sound = value.length === length && length >= (least.get(tag) ?? 0) && length <= (most.get(tag) ?? length);
    const name = names.get(tag);
    if (!sound) unread.push({ type: `0x${tag.toString(16).padStart(4, '0')}`, length });
    else if (name && tlvs[name] === undefined) tlvs[name] = value;
  }
  if (at < octetsOfBody.length) unread.push({ type: 'end', length: octetsOfBody.length - at });
  return { tlvs, unread };
}

function octets(count: number): (tag: number) => [number, number] {
  return (tag) => [tag, count];
}
