// GET /admin/verifications/{trackingId}: the story of one verification, of whichever account.
import { z } from 'zod';
import { unknown } from '../../../admin/operator.ts';
import { timelineAnswer, timelineBody } from '../../timeline-body.ts';
import { findOpenVerification } from '../../wire.ts';
import { endpoint } from '../endpoint.ts';
import { idParam } from '../fields.ts';

export const getVerification = endpoint(
  {
    id: 'readVerification',
    method: 'get',
    path: '/admin/verifications/:trackingId',
    tag: 'Verifications',
    summary: 'Read the story of a verification',
    description: 'What its application sees as its timeline, and whose it is.',
    scope: 'verifications:read',
    params: z.object({ trackingId: idParam('verification') }),
    answer: timelineAnswer.extend({
      accountId: z.string().describe('The account that pays.'),
      applicationId: z.string().describe('The application that started it.'),
    }),
  },
  async ({ database }, { params: { trackingId } }) => {
    const verification = await findOpenVerification(database, trackingId);
    if (!verification) throw unknown('trackingId', 'verification', trackingId);
    const { accountId, applicationId } = verification;
    return { ...(await timelineBody(database, verification)), accountId, applicationId };
  },
);
