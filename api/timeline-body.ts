// The story of a verification as a body: every event with a sentence, and why it ended.
import { z } from 'zod';
import { callbackSentence } from '../domain/callback-schedule.ts';
import { methods } from '../domain/method.ts';
import { microsToUnits } from '../domain/money.ts';
import { operatorActSentence } from '../domain/operator-act.ts';
import { chargedIn, sentenceFor, type TimelineEvent, withoutRepeats } from '../domain/timeline.ts';
import { undecidedSends, waitSentence } from '../domain/waiting.ts';
import { findCallback } from '../store/callbacks.ts';
import { currentHealth } from '../store/carrier-health.ts';
import { findCarrier } from '../store/carriers.ts';
import type { Database } from '../store/database.ts';
import type { CallbackDocument } from '../store/documents.ts';
import { findLateReceipts } from '../store/late-receipts.ts';
import { findOperatorActs } from '../store/operator-acts.ts';
import { amount, countryCode, instant } from './answers.ts';
import { type OpenVerification, shownRecipient, showRecipient, status, trackingId } from './wire.ts';

export const timelineAnswer = z.object({
  trackingId: trackingId.describe('Its id.'),
  status,
  why: z.string().optional().describe('Why it ended.'),
  recipient: shownRecipient,
  country: countryCode.describe('ISO 3166-1 alpha-2.'),
  method: z.enum(methods).describe('Of the first send; a resend or a step may go by the other.'),
  price: amount.describe('Of the first send; each further one by its own method.'),
  charged: amount.describe('What all sends were charged so far. An operator’s adjustments are in the events alone.'),
  currency: z.string().describe('ISO 4217.'),
  rules: z
    .object({
      lifetimeInSeconds: z.number().describe('How long it may be answered.'),
      maxRetries: z.number().describe('Wrong answers allowed after the first.'),
      digits: z.number().describe('The length of the code.'),
      originator: z.string().describe('Who the first message is from.'),
      originatorFrom: z.string().describe('Who said so.'),
      templateFrom: z.string().describe('Where the text came from.'),
    })
    .optional()
    .describe('What was in force from the start, and where it came from.'),
  callback: z
    .enum(['pending', 'paused', 'delivered', 'givenUp'])
    .optional()
    .describe('How its callback stands, once there is one.'),
  events: z
    .array(
      z.object({
        at: instant.describe('When.'),
        event: z.string().describe('What happened, in a word.'),
        sentence: z.string().describe('And in a sentence.'),
      }),
    )
    .describe('Oldest first; at last, as `waiting`, what a send waits for at this moment.'),
});

/** What its projection, its callback, late receipts and operators left about a verification, in order. */
export async function timelineBody(
  database: Database,
  verification: OpenVerification,
): Promise<z.output<typeof timelineAnswer>> {
  const callback = await findCallback(database, verification._id);
  const acts = await findOperatorActs(database, verification._id);
  const late = await findLateReceipts(database, verification._id);
  const { currency } = verification;
  const events = [
    ...withoutRepeats(verification.timeline).map((event) => entry(event.at, event.event, sentenceFor(event, currency))),
    ...(callback ? callbackEntries(callback) : []),
    ...late.map(({ at, n, step, carrier, state, reason }) => {
      const told = {
        event: 'receipt',
        at,
        send: n,
        step,
        carrier,
        state,
        ...(reason !== undefined && { reason }),
      } as const;
      return entry(at, told.event, `${sentenceFor(told, currency)}; told after the end, it changes nothing`);
    }),
    ...acts.map((act) => entry(act.at.getTime(), 'operator', operatorActSentence(act, currency))),
  ];
  return {
    trackingId: verification._id,
    status: verification.status,
    why: whyOf(verification.timeline),
    recipient: showRecipient(verification),
    country: verification.country,
    method: verification.method,
    price: microsToUnits(verification.price),
    charged: microsToUnits(chargedIn(verification.timeline)),
    currency,
    rules: verification.timeline.find((event) => event.event === 'opened')?.rules,
    callback: callback?.state,
    events: [...events.sort((a, b) => a.at.localeCompare(b.at)), ...(await waits(database, verification, new Date()))],
  };
}

/** What it waits for at this moment, as its last lines. */
async function waits(database: Database, verification: OpenVerification, now: Date) {
  const sends = undecidedSends(verification, now);
  const sentences = sends.map(async (send) => {
    const [document, workers] = await Promise.all([
      findCarrier(database, send.carrier),
      currentHealth(database, send.carrier),
    ]);
    const carrier = { configured: document !== null, paused: document?.paused ?? false, workers };
    return waitSentence(verification, send, carrier, now);
  });
  return (await Promise.all(sentences)).flatMap((sentence) =>
    sentence === undefined ? [] : [entry(now.getTime(), 'waiting', sentence)],
  );
}

function whyOf(events: readonly TimelineEvent[]): string | undefined {
  return events.flatMap((event) => ('why' in event ? [event.why] : [])).at(0);
}

function callbackEntries({ attempts }: CallbackDocument) {
  return attempts.map(({ at, outcome }, index) =>
    entry(at, 'callback', `Callback attempt ${index + 1}: ${callbackSentence(outcome)}`),
  );
}

function entry(at: number, event: string, sentence: string) {
  return { at: new Date(at).toISOString(), event, sentence };
}
