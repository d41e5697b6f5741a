// The fields of a submit_sm: whom from, whom to, how long it is of use, and what it says.
import { CarrierRejected, type OutgoingMessage } from '../carrier.ts';
import { type PduFields, tlvName } from './protocol.ts';
import type { SmppSettings } from './settings.ts';
import type { EncodedPart } from './text.ts';
import { messageTlvs, smppOptionsProblem } from './tlvs.ts';

/** submit_sm has room for 20 characters. */
const LONGEST_ADDRESS = 20;
/** Numbers for people have more digits than that. */
const LONGEST_SHORT_CODE = 8;

/** Says why a message can never go out by SMPP; undefined when it can. */
export function unsendable({ method, originator, options }: OutgoingMessage): CarrierRejected | undefined {
  if (method !== 'sms') return new CarrierRejected('SMPP carries no calls');
  if (originator.length > LONGEST_ADDRESS || !/^[\x20-\x7e]+$/.test(originator)) {
    return new CarrierRejected('SMPP takes an originator of 1 to 20 ASCII characters only');
  }
  const problem = smppOptionsProblem(options);
  return problem === undefined ? undefined : new CarrierRejected(problem);
}

/** The fields of one part. `validForSeconds` counts from now; `reference` comes back in receipts, where the SMSC does that. */
export function submitFields(
  { originator, recipient, restrictions, options }: OutgoingMessage,
  part: EncodedPart,
  settings: SmppSettings,
  validForSeconds: number,
  reference?: Buffer,
  now = Date.now(),
): PduFields {
  const source = sourceNumbering(originator, settings);
  const tlvs = [...messageTlvs(restrictions, options)].map(([tag, value]) => [tlvName(tag), value] as const);
  return {
    service_type: settings.serviceType,
    source_addr_ton: source.ton,
    source_addr_npi: source.npi,
    source_addr: originator.replace(/^\+(?=\d+$)/, ''),
    dest_addr_ton: settings.destination.ton,
    dest_addr_npi: settings.destination.npi,
    destination_addr: recipient.replace(/^\+/, ''),
    esm_class: part.esmClass | settings.esmClass,
    protocol_id: 0,
    priority_flag: settings.priority,
    schedule_delivery_time: '',
    validity_period: validityOf(validForSeconds, settings.validity, now),
    registered_delivery: settings.registeredDelivery,
    replace_if_present_flag: 0,
    data_coding: part.dataCoding,
    sm_default_msg_id: 0,
    short_message: part.shortMessage,
    ...(part.payload && { message_payload: part.payload }),
    ...(part.segment && {
      sar_msg_ref_num: part.segment.reference,
      sar_total_segments: part.segment.total,
      sar_segment_seqnum: part.segment.number,
    }),
    ...(reference && { user_message_reference: reference }),
    ...Object.fromEntries(tlvs),
  };
}

/** `YYMMDDhhmmss000R`, never longer than given: an SMSC that delivers after the life of a code delivers nonsense. */
export function relativeTime(seconds: number): string {
  const whole = Math.max(1, Math.floor(seconds));
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
  ];
  return `0000${[days, hours, minutes, whole % 60].map((number) => String(number).padStart(2, '0')).join('')}000R`;
}

function validityOf(seconds: number, validity: SmppSettings['validity'], now: number): string {
  if (validity === 'none') return '';
  return validity === 'relative' ? relativeTime(seconds) : absoluteTime(now + Math.max(1, seconds) * 1000);
}

/** `YYMMDDhhmmss000+` in UTC, rounded down. */
export function absoluteTime(at: number): string {
  return `${new Date(at).toISOString().slice(2, 19).replace(/\D/g, '')}000+`;
}

function sourceNumbering(originator: string, { source }: SmppSettings) {
  const digits = /^\+?(\d+)$/.exec(originator)?.[1];
  if (digits === undefined) return source.alphanumeric;
  return digits.length <= LONGEST_SHORT_CODE ? source.shortCode : source.longNumber;
}
