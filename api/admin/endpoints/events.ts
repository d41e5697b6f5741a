// GET /admin/events: what an operator may want to know of balances, sends and workflows.
import { z } from 'zod';
import { type ToldEvent, tellEvents } from '../../../admin/events.ts';
import { eventKinds } from '../../../domain/event.ts';
import { listEvents } from '../../../store/events.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { endpoint } from '../endpoint.ts';
import { instantOut, optional, pageAnswer, pageQuery, periodQuery } from '../fields.ts';

const text = optional(z.string('must be given once'));

const query = z.object({
  ...pageQuery,
  kind: optional(z.enum(eventKinds, `must be one of ${eventKinds.join(', ')}`)).describe('Only events of this kind.'),
  accountId: text.describe('Only events of this account.'),
  trackingId: text.describe('Only events about this verification.'),
  ...periodQuery('Only events'),
});

const eventBody = z.object({
  id: z.string().describe('The id that keeps it once.'),
  at: instantOut('When it was noticed'),
  kind: z
    .enum(eventKinds)
    .describe(
      'lowBalance: a balance fell below its mark. unknownOutcome: a send was given back whose outcome nobody knows. ' +
        'workflowGone: a verification lost its workflow and was ended. runAgain: one was run again in Temporal, which changed nothing. heldBack: one does not end, and reports wait for it. ' +
        'carrierCircuitOpened, carrierCircuitClosed: a carrier takes no messages, takes them again. carrierUnusable: it could not be made. ' +
        'carrierDisconnected, carrierConnected: it has had no connection for 10 seconds, is connected. ' +
        'carrierRefused: it did not take a message, for a reason that is told once an hour.',
    ),
  accountId: z.string().optional().describe('The account, where it is about one.'),
  carrier: z.string().optional().describe('The carrier, where it is about one.'),
  trackingId: z.string().optional().describe('The verification, where it is about one.'),
  sentence: z.string().describe('The whole of it, for people.'),
});

export const getEvents = endpoint(
  {
    id: 'listEvents',
    method: 'get',
    path: '/admin/events',
    tag: 'Audit',
    summary: 'List events',
    description: 'What happened by itself and somebody should know. Each is told once.',
    scope: 'audit:read',
    query,
    answer: pageAnswer(eventBody),
  },
  async ({ database }, { query: { page, size, ...filter } }) => {
    const asked = pageOf({ page, size });
    const { rows, total } = await listEvents(database, filter, asked);
    return pageBody((await tellEvents(database, rows)).map(showEvent), total, asked);
  },
);

function showEvent({ event, sentence }: ToldEvent): z.output<typeof eventBody> {
  const { _id, at, kind, accountId } = event;
  return {
    id: _id,
    at: at.toISOString(),
    kind,
    ...(accountId !== undefined && { accountId }),
    ...('carrier' in event && { carrier: event.carrier }),
    ...('trackingId' in event && { trackingId: event.trackingId }),
    sentence,
  };
}
