// The story of a verification for the person who supports it: what happened, when, in one sentence each.

import type { Method } from './method.ts';
import type { DeliveryState } from './receipt.ts';

/** What was in force for a verification from its start, and where it came from. */
export interface Rules {
  readonly lifetimeInSeconds: number;
  readonly maxRetries: number;
  readonly digits: number;
  /** Of the first message. */
  readonly originator: string;
  /** In words, such as `the request`. */
  readonly originatorFrom: string;
  readonly templateFrom: string;
}

export type TimelineEvent =
  | {
      readonly event: 'opened';
      readonly at: number;
      readonly price: number;
      readonly parts: number;
      readonly expiresAt: number;
      readonly rules: Rules;
      /** Where the number is a landline, and is called instead. */
      readonly askedMethod?: Method;
    }
  | {
      readonly event: 'accepted';
      readonly at: number;
      readonly send: number;
      readonly carrier: string;
      readonly parts: number;
      /** No receipt can follow. */
      readonly silent?: boolean;
    }
  | {
      readonly event: 'notAccepted';
      readonly at: number;
      readonly send: number;
      readonly carrier: string;
      readonly reason: string;
    }
  | {
      readonly event: 'unknown';
      readonly at: number;
      readonly send: number;
      readonly carrier: string;
      readonly reason: string;
    }
  | {
      readonly event: 'notSent';
      readonly at: number;
      readonly send: number;
      readonly carrier: string;
      readonly reason: string;
    }
  | {
      /** What a carrier reported of a message it had taken over. */
      readonly event: 'receipt';
      readonly at: number;
      readonly send: number;
      /** Absent for the first. */
      readonly step?: number;
      readonly carrier: string;
      readonly state: DeliveryState;
      readonly reason?: string;
    }
  | {
      readonly event: 'resent';
      readonly at: number;
      readonly send: number;
      readonly method: Method;
      readonly price: number;
      /** Where the number is a landline, and is called instead. */
      readonly askedMethod?: Method;
      /** Who it is from, where the route names senders. */
      readonly originator?: string;
    }
  | {
      readonly event: 'nextStep' | 'noNextStep';
      readonly at: number;
      readonly send: number;
      readonly carrier: string;
      readonly method: Method;
      readonly reason: string;
      /** Who its message is from, where the route names senders. */
      readonly originator?: string;
    }
  | {
      readonly event: 'methodChanged';
      readonly at: number;
      readonly send: number;
      readonly method: Method;
      readonly price: number;
    }
  | { readonly event: 'notResent'; readonly at: number; readonly send: number; readonly reason: string }
  | { readonly event: 'wrongAnswer'; readonly at: number; readonly remaining: number }
  | { readonly event: 'charged' | 'released'; readonly at: number; readonly amount: number; readonly send: number }
  | {
      /** After a right answer, where the carrier wants to know of it. */
      readonly event: 'carrierTold' | 'carrierNotTold';
      readonly at: number;
      readonly carrier: string;
    }
  | { readonly event: 'verified' | 'cancelled' | 'expired' | 'failed'; readonly at: number; readonly why: string };

/** One sentence for one event; amounts in the account's currency. */
export function sentenceFor(event: TimelineEvent, currency: string): string {
  switch (event.event) {
    case 'opened':
      return `Opened${event.askedMethod ? ' by voice' : ''}${insteadOf(event.askedMethod)}; ${money(event.price, currency)} reserved${several(' for', event.parts)}; may be answered until ${iso(event.expiresAt)}; ${rulesSentence(event.rules)}`;
    case 'accepted':
      return `Send ${event.send} accepted by ${event.carrier}${several(' in', event.parts)}${event.silent ? '; no receipt is waited for, since PUBLIC_URL is no address it could report to' : ''}`;
    case 'notAccepted':
      return `Send ${event.send} not accepted by ${event.carrier}: ${event.reason}`;
    case 'unknown':
      return `Send ${event.send} by ${event.carrier} has no known outcome: ${event.reason}`;
    case 'notSent':
      return `Send ${event.send} by ${event.carrier} never left: ${event.reason}`;
    case 'receipt':
      return `Send ${event.send} by ${event.carrier} ${reported[event.state]}${event.reason === undefined ? '' : `: ${event.reason}`}`;
    case 'resent':
      return `Asked for once more, by ${event.method}${insteadOf(event.askedMethod)}${fromWhom(event.originator)}; ${money(event.price, currency)} reserved for send ${event.send}`;
    case 'nextStep':
      return `Send ${event.send} goes on through ${event.carrier} by ${event.method}${fromWhom(event.originator)}: ${event.reason}`;
    case 'noNextStep':
      return `Send ${event.send} does not go on through ${event.carrier} by ${event.method}: ${event.reason}`;
    case 'methodChanged':
      return `Goes on by ${event.method}; ${money(event.price, currency)} reserved for send ${event.send}`;
    case 'notResent':
      return `Asked for once more, and not sent: ${event.reason}`;
    case 'wrongAnswer':
      return `Wrong answer, ${plural(event.remaining, 'try', 'tries')} left`;
    case 'charged':
      return `${money(event.amount, currency)} charged for send ${event.send}`;
    case 'released':
      return `${money(event.amount, currency)} given back for send ${event.send}`;
    case 'carrierTold':
      return `Told ${event.carrier} that its code was typed`;
    case 'carrierNotTold':
      return `${event.carrier} could not be told that its code was typed`;
    case 'verified':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return `${event.event[0]?.toUpperCase()}${event.event.slice(1)}: ${event.why}`;
  }
}

const insteadOf = (asked: Method | undefined) =>
  asked === undefined ? '' : ` instead of ${asked}, since the number is a landline`;

const fromWhom = (originator: string | undefined) => (originator === undefined ? '' : `, from ${originator}`);

/** One part goes without saying, and a call has no other number. */
const several = (before: string, parts: number) => (parts === 1 ? '' : `${before} ${plural(parts, 'part')}`);

/** What was charged in all so far, in micros. */
export function chargedIn(events: readonly TimelineEvent[]): number {
  return events.reduce((sum, event) => sum + (event.event === 'charged' ? event.amount : 0), 0);
}

const reported = { delivered: 'was delivered', undelivered: 'was not delivered', underway: 'is under way' } as const;

function rulesSentence({ digits, maxRetries, originator, originatorFrom, templateFrom }: Rules): string {
  const retries = maxRetries === 0 ? 'no retry' : plural(maxRetries, 'retry', 'retries');
  return `${digits} digits, ${retries}; sender ${originator} of ${originatorFrom}, template of ${templateFrom}`;
}

/** Without a doubt that was looked into and stayed, and is told again with nothing new in between. */
export function withoutRepeats(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const last = new Map<number, TimelineEvent>();
  return events.filter((event) => {
    if (!('send' in event)) return true;
    const before = last.get(event.send);
    last.set(event.send, event);
    if (event.event !== 'unknown' || before?.event !== 'unknown') return true;
    return before.carrier !== event.carrier || before.reason !== event.reason;
  });
}

/** The whole story as a short markdown list for Temporal's web UI, the newest first: its box shows only a few lines. */
export function storyOf(events: readonly TimelineEvent[], currency: string): string {
  return withoutRepeats(events)
    .map((event) => `- \`${iso(event.at).slice(11, 23)}\` ${sentenceFor(event, currency)}`)
    .reverse()
    .join('\n');
}

const iso = (at: number) => new Date(at).toISOString();
/** Micros as people read them, with two decimals or as many as it takes. */
export const money = (micros: number, currency: string) =>
  `${(micros / 1_000_000).toFixed(6).replace(/0{1,4}$/, '')} ${currency}`;
const plural = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
