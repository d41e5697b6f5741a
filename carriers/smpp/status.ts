// What each command_status of an SMSC means for a message (SMPP 3.4, 5.1.3; those above 0xFF are of 5.0).
import smpp from 'smpp';
import { CarrierFault, CarrierRejected, CarrierUnavailable } from '../carrier.ts';

/** Refused for good; refused for now; refused for now with everything else; or nobody's message would be taken. */
export type StatusMeaning = 'rejected' | 'unavailable' | 'throttled' | 'fault';

const errors: Readonly<Record<string, number>> = smpp.errors;
const names = new Map(Object.entries(errors).map(([name, status]) => [status, name]));

/** All others say something about the message, and a repeat would be told the same: `rejected`. */
const meanings: Readonly<Record<string, StatusMeaning>> = {
  ESME_RINVCMDLEN: 'fault',
  ESME_RINVCMDID: 'fault',
  ESME_RINVBNDSTS: 'fault',
  ESME_RALYBND: 'fault',
  ESME_RSYSERR: 'unavailable',
  ESME_RBINDFAIL: 'fault',
  ESME_RINVPASWD: 'fault',
  ESME_RINVSYSID: 'fault',
  ESME_RMSGQFUL: 'unavailable',
  ESME_RINVSERTYP: 'fault',
  ESME_RINVSYSTYP: 'fault',
  ESME_RTHROTTLED: 'throttled',
  ESME_RX_T_APPN: 'unavailable',
  ESME_RSERTYPUNAUTH: 'fault',
  ESME_RPROHIBITED: 'fault',
  ESME_RSERTYPUNAVAIL: 'unavailable',
  ESME_RSERTYPDENIED: 'fault',
};

/** Given to it when the session itself is not what the SMSC takes it for: only a new bind helps. */
export const SESSION_OUT_OF_STEP: ReadonlySet<number> = new Set(
  ['ESME_RINVCMDLEN', 'ESME_RINVCMDID', 'ESME_RINVBNDSTS'].flatMap((name) => errors[name] ?? []),
);

/** Binds refused with these are refused again until somebody changes a setting: repeating them soon may lock the account. */
export const CREDENTIALS_REFUSED: ReadonlySet<number> = new Set(
  ['ESME_RBINDFAIL', 'ESME_RINVPASWD', 'ESME_RINVSYSID', 'ESME_RINVSYSTYP'].flatMap((name) => errors[name] ?? []),
);

/** For what a message's own queue is full of; a throttled session says itself how long it pauses. */
const BUSY_RETRY_MS = 2_000;

/** Its name, or its number where the specification has none. */
export function statusName(status: number): string {
  return names.get(status) ?? `command_status 0x${status.toString(16).padStart(8, '0')}`;
}

/** What the status of a response to submit_sm means; `own` is what the operator says of this SMSC, by `0x…`. */
export function meaningOf(status: number, own: Readonly<Record<string, StatusMeaning>> = {}): StatusMeaning {
  const said = Object.entries(own).find(([text]) => Number(text) === status);
  return said?.[1] ?? meanings[names.get(status) ?? ''] ?? 'rejected';
}

/** The refusal as an error of the contract: nothing of the SMSC's but the status is in it. */
export function refusal(
  meaning: StatusMeaning,
  status: number,
  throttledForMs: number,
): CarrierRejected | CarrierUnavailable | CarrierFault {
  const name = statusName(status);
  switch (meaning) {
    case 'rejected':
      return new CarrierRejected(`the SMSC refused the message (${name})`);
    case 'unavailable':
      return new CarrierUnavailable(`the SMSC is busy (${name})`, BUSY_RETRY_MS);
    case 'throttled':
      return new CarrierUnavailable(`the SMSC throttles (${name})`, throttledForMs);
    case 'fault':
      return new CarrierFault(`the SMSC takes no messages from this account (${name})`);
  }
}
