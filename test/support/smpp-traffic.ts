// Traffic through an SMPP carrier as the engine makes it, and the count of what became of it at the SMSC.
import { setTimeout as delay } from 'node:timers/promises';
import { type Carrier, CarrierFault, CarrierOutcomeUnknown, CarrierUnavailable } from '../../carriers/carrier.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { outgoing } from './smpp-carrier.ts';
import type { Smsc } from './smsc.ts';

export interface Sent {
  readonly recipient: string;
  readonly end: 'accepted' | 'unknown' | 'failed';
  readonly messageIds: readonly string[];
  /** Attempts that certainly sent nothing. */
  readonly refusals: number;
}

export interface Tally {
  readonly accepted: number;
  readonly unknown: number;
  readonly failed: number;
  readonly refusals: number;
  /** The carrier says accepted, and the SMSC knows nothing of it. */
  readonly lost: number;
  /** Recipients with more than one message. */
  readonly doubles: number;
  /** Of the unknown ones, those that left. */
  readonly unknownThatLeft: number;
  /** Accepted ones without a receipt that says delivered. */
  readonly withoutReceipt: number;
  /** Receipts of no accepted message: those of the unknown ones. */
  readonly unmatchedReceipts: number;
  readonly overLongValidities: number;
}

export const LIFE_SECONDS = 300;
const MOST_ATTEMPTS = 60;

/** Repeats what was refused for now, and never what is unknown. */
export async function sendLikeTheEngine(carrier: Carrier, recipient: string): Promise<Sent> {
  for (let refusals = 0; refusals < MOST_ATTEMPTS; refusals += 1) {
    try {
      const message = outgoing({ recipient, validForSeconds: LIFE_SECONDS, attempt: refusals + 1 });
      const { messageIds } = await carrier.send(message, `${recipient}:send:1`);
      return { recipient, end: 'accepted', messageIds, refusals };
    } catch (error) {
      if (error instanceof CarrierOutcomeUnknown) return { recipient, end: 'unknown', messageIds: [], refusals };
      const again = error instanceof CarrierUnavailable || error instanceof CarrierFault;
      if (!again) return { recipient, end: 'failed', messageIds: [], refusals };
      const asked = error instanceof CarrierUnavailable ? error.retryAfterMs : undefined;
      await delay((asked ?? 500) * (1 + Math.random() / 2));
    }
  }
  return { recipient, end: 'failed', messageIds: [], refusals: MOST_ATTEMPTS };
}

/** Runs `count` of them, so many at a time; `halfway` is called once, in the middle. */
export async function runTraffic(
  count: number,
  atATime: number,
  send: (recipient: string) => Promise<Sent>,
  halfway: () => Promise<void>,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  let next = 0;
  const one = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      if (index === Math.floor(count / 2)) void halfway();
      sent.push(await send(`+3069485${String(index).padStart(5, '0')}`));
    }
  };
  await Promise.all(Array.from({ length: atATime }, one));
  return sent;
}

/** Every connection is reset, and the next two messages are accepted without their senders ever hearing of it. */
export async function misfortune(smsc: Smsc): Promise<void> {
  await smsc.rule({ times: 2 }, { drop: 'afterAccept' });
  await smsc.drop({ reset: true });
}

/** Holds what the carrier said against what the SMSC wrote down. */
export async function tally(smsc: Smsc, sent: readonly Sent[], receipts: readonly Receipt[]): Promise<Tally> {
  const rows = await smsc.submits();
  const arrived = new Map<string, number>();
  for (const { accepted, destination } of rows) {
    if (accepted) arrived.set(`+${destination.address}`, (arrived.get(`+${destination.address}`) ?? 0) + 1);
  }
  const ended = (end: Sent['end']) => sent.filter((each) => each.end === end);
  const delivered = new Set(receipts.filter(({ state }) => state === 'delivered').map(({ messageId }) => messageId));
  const known = new Set(sent.flatMap(({ messageIds }) => messageIds));
  return {
    accepted: ended('accepted').length,
    unknown: ended('unknown').length,
    failed: ended('failed').length,
    refusals: sent.reduce((sum, { refusals }) => sum + refusals, 0),
    lost: ended('accepted').filter(({ recipient }) => !arrived.has(recipient)).length,
    doubles: [...arrived.values()].filter((times) => times > 1).length,
    unknownThatLeft: ended('unknown').filter(({ recipient }) => arrived.has(recipient)).length,
    withoutReceipt: ended('accepted').filter(({ messageIds }) => !messageIds.every((id) => delivered.has(id))).length,
    unmatchedReceipts: [...delivered].filter((id) => id !== undefined && !known.has(id)).length,
    overLongValidities: rows.filter(({ validityPeriod }) => secondsOf(validityPeriod) > LIFE_SECONDS).length,
  };
}

function secondsOf(relative: string): number {
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (relative.slice(4, 12).match(/../g) ?? []).map(Number);
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
