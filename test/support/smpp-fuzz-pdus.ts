// PDUs as no SMSC should send them: random TLVs, lengths, fields, commands and statuses, and what has to be said to each.
import { HEADER_OCTETS } from '../../carriers/smpp/frames.ts';
import type { Chance } from '../model/random.ts';
import { command } from './raw-smpp.ts';

export interface FuzzPdu {
  readonly octets: Buffer;
  /** `answer` where it must be answered with this command, under its own sequence number. */
  readonly answer?: number;
  readonly sequence: number;
  /** The id of the receipt in it, which must be taken whatever stands around it. */
  readonly receipt?: string;
}

const DATA_SM = 0x103;
const GENERIC_NACK = 0x8000_0000;
const SUBMIT_SM_RESP = 0x8000_0004;
const UNANSWERED = [0x0b, 0x102];
/** Those SMPP knows, and their neighbours. */
const COMMANDS = [0, 1, 2, 3, 4, 7, 8, 9, 0x0b, 0x15, 0x16, 0x21, 0x102, 0x111, 0x112, 0x113, 0x7fff_ffff];
const KNOWN = [1, 2, 3, 4, 7, 8, 9, 0x15, 0x21, 0x111, 0x112, 0x113];
const TAGS = [
  ...[0x0005, 0x0008, 0x000d, 0x0010, 0x0017, 0x0019, 0x001d, 0x0030, 0x0201, 0x0202, 0x0204, 0x020a, 0x020c, 0x020e],
  ...[0x0210, 0x0302, 0x0303, 0x0381, 0x0420, 0x0421, 0x0422, 0x0423, 0x0425, 0x0426, 0x0428, 0x0501, 0x0600, 0x0601],
  ...[0x0602, 0x0606, 0x060a, 0x060b, 0x0612, 0x1201, 0x1203, 0x1204, 0x130c, 0x1380, 0x1383, 0x1400, 0x3fff, 0xffff],
];
/** Which the carrier reads. */
const READ_TAGS = [0x001e, 0x0204, 0x0423, 0x0424, 0x0427];

export function fuzzPdu(chance: Chance, n: number): FuzzPdu {
  const sequence = chance.happens(0.05) ? (chance.pick([0, 0x7fff_ffff, 0xffff_ffff]) ?? 0) : 0x10000 + n;
  const status = chance.happens(0.3) ? chance.below(2 ** 32) : 0;
  const pdu = (id: number, body: Buffer, more: Partial<FuzzPdu> = {}): FuzzPdu => {
    const head = Buffer.alloc(HEADER_OCTETS);
    for (const [at, value] of [HEADER_OCTETS + body.length, id, status, sequence].entries()) {
      head.writeUInt32BE(value, at * 4);
    }
    return { octets: Buffer.concat([head, body]), sequence, ...more };
  };
  const id = chance.happens(0.8) ? command.deliver : DATA_SM;
  const delivery = (body: Buffer, receipt?: string) =>
    pdu(id, body, { answer: id + GENERIC_NACK, ...(receipt && { receipt }) });
  switch (chance.below(8)) {
    case 0:
    case 1:
    case 2: {
      // A receipt by its TLVs, among others of every kind and length, and a tail that claims too much.
      const named = tlv(0x001e, Buffer.from(`r${n}${chance.happens(0.5) ? '\0' : ''}`));
      const others = Array.from({ length: chance.below(8) }, () => tlv(chance.pick(TAGS) ?? 0, noise(chance, 12)));
      others.splice(chance.below(others.length + 1), 0, named, tlv(0x0427, Buffer.from([2])));
      return delivery(Buffer.concat([mandatory(chance, id), ...others, tail(chance)]), `r${n}`);
    }
    case 3: {
      // A receipt by its text, with any TLV of those that are read, too.
      const text = Buffer.from(`id:t${n} sub:001 stat:DELIVRD err:000 text:`);
      const wrong = Array.from({ length: chance.below(4) }, () => tlv(chance.pick(TAGS) ?? 0, noise(chance, 12)));
      const empty = tlv(chance.pick([0x001e, 0x0204, 0x0423, 0x0427]) ?? 0, Buffer.alloc(0));
      const fields = mandatory(chance, command.deliver, 4, text);
      const body = Buffer.concat([fields, ...wrong, empty, tail(chance)]);
      return pdu(command.deliver, body, { answer: command.deliverResp, receipt: `t${n}` });
    }
    case 4: {
      const all = Array.from({ length: chance.below(12) }, () =>
        tlv(
          chance.pick([...READ_TAGS, ...TAGS]) ?? 0,
          noise(chance, 40),
          chance.happens(0.3) ? chance.below(65_536) : undefined,
        ),
      );
      return delivery(Buffer.concat([mandatory(chance, id), ...all]));
    }
    case 5: {
      // Cut anywhere.
      const whole = Buffer.concat([mandatory(chance, id, 4, noise(chance, 200)), tlv(0x001e, Buffer.from('cut\0'))]);
      return delivery(whole.subarray(0, chance.below(whole.length + 1)));
    }
    case 6:
      return delivery(noise(chance, chance.happens(0.01) ? 60_000 : 300));
    default: {
      const any = chance.pick(COMMANDS) ?? 0;
      const body = noise(chance, 60);
      if (UNANSWERED.includes(any)) return pdu(any, body);
      if (chance.happens(0.5))
        return pdu(any, body, { answer: KNOWN.includes(any) ? any + GENERIC_NACK : GENERIC_NACK });
      return pdu(chance.pick([SUBMIT_SM_RESP, any + GENERIC_NACK, GENERIC_NACK + chance.below(2 ** 31)]) ?? 0, body);
    }
  }
}

/** The fields before the TLVs, of any value but the lengths. */
function mandatory(chance: Chance, id: number, esmClass = chance.below(256), message = noise(chance, 100)): Buffer {
  const octet = () => Buffer.from([chance.below(256)]);
  const text = () => Buffer.from(`${noise(chance, 24).toString('latin1').replaceAll('\0', '')}\0`, 'latin1');
  const addresses = [text(), octet(), octet(), text(), octet(), octet(), text(), Buffer.from([esmClass])];
  if (id === DATA_SM) return Buffer.concat([...addresses, octet(), octet()]);
  const flags = [octet(), octet(), text(), text(), octet(), octet(), octet(), octet()];
  return Buffer.concat([...addresses, ...flags, Buffer.from([message.length]), message]);
}

/** A TLV that claims more than there is, one to three octets of one, or nothing. */
function tail(chance: Chance): Buffer {
  if (chance.happens(0.5)) return Buffer.alloc(0);
  if (chance.happens(0.5)) return noise(chance, 3);
  return tlv(chance.pick([...READ_TAGS, ...TAGS]) ?? 0, noise(chance, 5), 6 + chance.below(65_000));
}

function tlv(tag: number, value: Buffer, length = value.length): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(tag, 0);
  head.writeUInt16BE(length, 2);
  return Buffer.concat([head, value]);
}

const noise = (chance: Chance, most: number): Buffer =>
  Buffer.from(Array.from({ length: chance.below(most + 1) }, () => chance.below(256)));
