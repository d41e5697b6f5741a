// The TLVs a message carries beyond its text: India's DLT ids, and those a route asks for by `tlv:0x1403`.
import type { Restrictions } from '../../domain/message.ts';

const PRINCIPAL_ENTITY_ID = 0x1400;
const CONTENT_TEMPLATE_ID = 0x1401;
const LONGEST_VALUE = 255;
/** Those whose meaning the carrier depends on: the text, its parts, and what receipts are read from. */
const OURS: ReadonlySet<number> = new Set([0x0424, 0x0204, 0x020c, 0x020e, 0x020f, 0x0019, 0x001e, 0x0427]);

export type Tlvs = ReadonlyMap<number, Buffer>;
export type Options = Readonly<Record<string, string>>;

/** What is wrong with the options of a step of a route, as a sentence; undefined when nothing is. */
export function smppOptionsProblem(options: Options = {}): string | undefined {
  for (const [key, value] of Object.entries(options)) {
    const tag = tagOf(key);
    if (tag === undefined) {
      return `the SMPP carrier knows no option of this name: options are TLVs, written \`tlv:0x1403\``;
    }
    if (tag === 0 || OURS.has(tag)) return `${nameOf(tag)} cannot be set by a route: the carrier itself decides it`;
    const bytes = bytesOf(value);
    if (!bytes) return `${nameOf(tag)} must be printable ASCII, or \`hex:\` and an even number of hexadecimal digits`;
    if (bytes.length > LONGEST_VALUE) return `${nameOf(tag)} is longer than ${LONGEST_VALUE} octets`;
  }
  return undefined;
}

/** The TLVs of a message; those of the route are on top. Options must have been found without a problem. */
export function messageTlvs({ principalEntityId, contentTemplateId }: Restrictions = {}, options: Options = {}): Tlvs {
  const tlvs = new Map<number, Buffer>();
  if (principalEntityId) tlvs.set(PRINCIPAL_ENTITY_ID, Buffer.from(principalEntityId, 'latin1'));
  if (contentTemplateId) tlvs.set(CONTENT_TEMPLATE_ID, Buffer.from(contentTemplateId, 'latin1'));
  for (const [key, value] of Object.entries(options)) {
    const [tag, bytes] = [tagOf(key), bytesOf(value)];
    if (tag !== undefined && bytes) tlvs.set(tag, bytes);
  }
  return tlvs;
}

function tagOf(key: string): number | undefined {
  const digits = /^tlv:0x([0-9a-f]{1,4})$/i.exec(key)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

const nameOf = (tag: number) => `tlv:0x${tag.toString(16).padStart(4, '0')}`;

function bytesOf(value: string): Buffer | undefined {
  const digits = /^hex:((?:[0-9a-f]{2})*)$/i.exec(value)?.[1];
  if (digits !== undefined) return Buffer.from(digits, 'hex');
  return /^[\x20-\x7e]*$/.test(value) && !value.startsWith('hex:') ? Buffer.from(value, 'latin1') : undefined;
}
