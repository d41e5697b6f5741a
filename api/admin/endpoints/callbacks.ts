// POST /admin/applications/{applicationId}/callbacks/...: try them out, hold them back, let them go, send them again.
import { z } from 'zod';
import {
  pauseCallbacks,
  type Replay,
  replayCallback,
  replayRange,
  resumeCallbacks,
  sendTestEvent,
} from '../../../admin/callbacks.ts';
import { invalid } from '../../../admin/operator.ts';
import { callbackSentence } from '../../../domain/callback-schedule.ts';
import { instant } from '../../paging.ts';
import { findOpenVerification } from '../../wire.ts';
import { applicationId, existingApplication } from '../application-body.ts';
import { endpoint } from '../endpoint.ts';
import { optional } from '../fields.ts';

/** Endings that one request sends again. */
const MAX_REPLAYED = 500;

const path = '/admin/applications/:applicationId/callbacks';
const tag = 'Callbacks';
const scope = 'applications:write';
const params = z.object(applicationId);

export const postTestEvent = endpoint(
  {
    id: 'testCallback',
    method: 'post',
    path: `${path}/test`,
    tag,
    summary: 'Post a test event',
    description: 'One signed event about nobody, sent once to the callback URL; the answer says what came of it.',
    scope,
    params,
    answer: z.object({
      delivered: z.boolean().describe('Whether it was answered 200.'),
      httpStatus: z.int().optional().describe('What it was answered, if at all.'),
      sentence: z.string().describe('What came of it.'),
    }),
  },
  async (deps, { operator, params: { applicationId } }) => {
    await existingApplication(deps.database, applicationId);
    const outcome = await sendTestEvent({ ...deps, ...operator }, applicationId);
    return {
      delivered: outcome.kind === 'delivered',
      ...('httpStatus' in outcome && { httpStatus: outcome.httpStatus }),
      sentence: callbackSentence(outcome),
    };
  },
);

export const postPause = endpoint(
  {
    id: 'pauseCallbacks',
    method: 'post',
    path: `${path}/pause`,
    tag,
    summary: 'Hold callbacks back',
    description: 'Those under way, too; the schedule of each stands still.',
    scope,
    params,
    answer: z.object({ paused: z.literal(true).describe('They are held back.') }),
  },
  async ({ database }, { operator, params: { applicationId } }) => {
    await existingApplication(database, applicationId);
    await pauseCallbacks(operator, applicationId);
    return { paused: true as const };
  },
);

export const postResume = endpoint(
  {
    id: 'resumeCallbacks',
    method: 'post',
    path: `${path}/resume`,
    tag,
    summary: 'Let callbacks go',
    description: 'Those that were held back go out at once.',
    scope,
    params,
    answer: z.object({
      paused: z.literal(false).describe('They go out.'),
      released: z.int().describe('Callbacks that were held back.'),
    }),
  },
  async (deps, { operator, params: { applicationId } }) => {
    await existingApplication(deps.database, applicationId);
    return { paused: false as const, released: await resumeCallbacks({ ...deps, ...operator }, applicationId) };
  },
);

const fields = z
  .object({
    trackingId: optional(z.string('must be a string')).describe('The one verification whose ending is sent again.'),
    from: optional(instant).describe('Or all that ended from this instant on,'),
    to: optional(instant).describe(`and before this one: ${MAX_REPLAYED} at most.`),
  })
  .refine(({ trackingId, from, to }) => (trackingId === undefined ? from && to : !from && !to), {
    path: ['trackingId'],
    message: 'or from and to must be given, and not both',
  })
  .meta({
    anyOf: [
      { type: 'object', required: ['trackingId'] },
      { type: 'object', required: ['from', 'to'] },
    ],
  });

export const postReplay = endpoint(
  {
    id: 'replayCallbacks',
    method: 'post',
    path: `${path}/replay`,
    tag,
    summary: 'Send callbacks again',
    description:
      'Each ending goes out once more by the whole schedule, under its own `webhook-id`, by which a receiver knows it. One that is ' +
      'still being sent is left alone, so a repeat of the request does no harm.',
    scope,
    params,
    body: { schema: fields, types: ['json'] },
    answer: z.object({
      started: z.int().describe('Endings that are sent again.'),
      stillRunning: z.int().describe('Endings that are still being sent.'),
      skipped: z.int().describe('Endings that can no longer be told, such as of an erased number.'),
    }),
  },
  async (deps, { operator, params: { applicationId }, body: { trackingId, from, to } }) => {
    const { callback } = await existingApplication(deps.database, applicationId);
    if (callback?.url === undefined) throw invalid('callbackUrl', 'is not set');
    const tools = { ...deps, ...operator };
    if (from && to) return counts(await replayRange(tools, applicationId, from, to, MAX_REPLAYED));
    const verification = await findOpenVerification(deps.database, trackingId ?? '');
    if (verification?.applicationId !== applicationId) throw invalid('trackingId', "is none of this application's");
    if (verification.status === 'Pending') throw invalid('trackingId', 'has not ended');
    return counts([await replayCallback(tools, verification._id)]);
  },
);

function counts(results: readonly Replay[]) {
  const started = results.filter((result) => result === 'started').length;
  const stillRunning = results.filter((result) => result === 'stillRunning').length;
  return { started, stillRunning, skipped: results.length - started - stillRunning };
}
