// GET /2step/{trackingId}/timeline: the story of a verification, each event with a sentence, and why it ended.
import type { Context } from 'koa';
import type { ApiDeps, ApiState } from '../deps.ts';
import type { Operation } from '../operation.ts';
import { timelineAnswer, timelineBody } from '../timeline-body.ts';
import { findOwnVerification, trackingIdParams } from '../wire.ts';

export const timelineOperation: Operation = {
  id: 'readTimeline',
  method: 'get',
  path: '/2step/:trackingId/timeline',
  tag: 'Verification',
  summary: 'The story of a verification',
  description: 'For the person who supports it: one sentence for each event, and why it ended.',
  security: 'token',
  params: trackingIdParams,
  answer: timelineAnswer,
  errors: ['unknownTrackingId'],
};

export function readTimeline({ database }: Pick<ApiDeps, 'database'>) {
  return async function timeline(ctx: Context) {
    const { caller } = ctx.state as ApiState;
    ctx.body = await timelineBody(
      database,
      await findOwnVerification(database, caller.account._id, ctx.params.trackingId),
    );
  };
}
