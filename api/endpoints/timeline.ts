// GET /2step/{trackingId}/timeline: the story of a verification, each event with a sentence, and why it ended.
import type { Context } from 'koa';
import { z } from 'zod';
import { callbackSentence } from '../../domain/callback-schedule.ts';
import { microsToUnits } from '../../domain/money.ts';
import { operatorActSentence } from '../../domain/operator-act.ts';
import { methods } from '../../domain/phone.ts';
import { sentenceFor, type TimelineEvent } from '../../domain/timeline.ts';
import { findCallback } from '../../store/callbacks.ts';
import type { CallbackDocument } from '../../store/documents.ts';
import { findOperatorActs } from '../../store/operator-acts.ts';
import { amount, countryCode, instant } from '../answers.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import type { Operation } from '../operation.ts';
import { findOwnVerification, shownRecipient, showRecipient, status, trackingId, trackingIdParams } from '../wire.ts';

const answer = z.object({
  trackingId,
  status,
  why: z.string().optional().describe('Why it ended.'),
  recipient: shownRecipient,
  country: countryCode,
  method: z.enum(methods),
  price: amount.describe('Of the first send; each further one by its own method.'),
  currency: z.string(),

  rules: z
    .object({
      lifetimeInSeconds: z.number(),
      maxRetries: z.number(),
      digits: z.number(),
      originator: z.string(),
      originatorFrom: z.string(),
      templateFrom: z.string(),
    })
    .optional()
    .describe('What was in force from the start, and where it came from.'),
  callback: z.enum(['pending', 'paused', 'delivered', 'givenUp']).optional(),
  events: z.array(z.object({ at: instant, event: z.string(), sentence: z.string() })).describe('Oldest first.'),
});

export const timelineOperation: Operation = {
  id: 'readTimeline',
  method: 'get',
  path: '/2step/:trackingId/timeline',
  tag: 'Verification',
  summary: 'The story of a verification',
  description: 'For the person who supports it: one sentence for each event, and why it ended.',
  security: 'token',
  params: trackingIdParams,
  answer,
  errors: ['unknownTrackingId'],
};

export function readTimeline({ database }: Pick<ApiDeps, 'database'>) {
  return async function timeline(ctx: Context) {
    const { caller } = ctx.state as ApiState;
    const verification = await findOwnVerification(database, caller.account._id, ctx.params.trackingId);
    const callback = await findCallback(database, verification._id);
    const acts = await findOperatorActs(database, verification._id);
    const { currency } = verification;
    const events = [
      ...verification.timeline.map((event) => entry(event.at, event.event, sentenceFor(event, currency))),
      ...(callback ? callbackEntries(callback) : []),
      ...acts.map((act) => entry(act.at.getTime(), 'operator', operatorActSentence(act, currency))),
    ];
    const body: z.output<typeof answer> = {
      trackingId: verification._id,
      status: verification.status,
      why: whyOf(verification.timeline),
      recipient: showRecipient(verification),
      country: verification.country,
      method: verification.method,
      price: microsToUnits(verification.price),
      currency,
      rules: verification.timeline.find((event) => event.event === 'opened')?.rules,
      callback: callback?.state,
      events: events.sort((a, b) => a.at.localeCompare(b.at)),
    };
    ctx.body = body;
  };
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
