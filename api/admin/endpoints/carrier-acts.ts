// POST /admin/carriers/{name}/...: hold its messages back, let them go, send a test message, draw the URL of its receipts.
import { z } from 'zod';
import { setCarrierPaused } from '../../../admin/carriers.ts';
import { renewReceiptPath } from '../../../admin/receipt-secret.ts';
import { sendTestMessage } from '../../../admin/test-message.ts';
import { currentHealth } from '../../../store/carrier-health.ts';
import { originatorField } from '../../endpoints/start-fields.ts';
import { word } from '../../fields.ts';
import { carrierBody, carrierName, showCarrier } from '../carrier-body.ts';
import { type AdminDeps, endpoint } from '../endpoint.ts';
import { optional, required } from '../fields.ts';

const path = '/admin/carriers/:name';
const tag = 'Carriers';
const scope = 'carriers:write';
const params = z.object(carrierName);

export const postCarrierPause = endpoint(
  {
    id: 'pauseCarrier',
    method: 'post',
    path: `${path}/pause`,
    tag,
    summary: "Hold a carrier's messages back",
    description: 'They go out when it is resumed, as far as they still live; receipts keep coming in.',
    scope,
    params,
    answer: carrierBody,
  },
  async (deps, { operator, params: { name } }) => await shownAfter(deps, setCarrierPaused(operator, name, true)),
);

export const postCarrierResume = endpoint(
  {
    id: 'resumeCarrier',
    method: 'post',
    path: `${path}/resume`,
    tag,
    summary: "Let a carrier's messages go",
    description: 'Those that were held back go out at once, as fast as the carrier may be given them.',
    scope,
    params,
    answer: carrierBody,
  },
  async (deps, { operator, params: { name } }) => await shownAfter(deps, setCarrierPaused(operator, name, false)),
);

async function shownAfter({ database, ring }: AdminDeps, change: ReturnType<typeof setCarrierPaused>) {
  const carrier = await change;
  return showCarrier(ring, carrier, await currentHealth(database, carrier._id));
}

const message = z.object({
  recipient: required(z.string('must be a phone number in international format').max(40)).describe(
    'Whom it goes to: `+` and 7 to 15 digits.',
  ),
  method: optional(word('sms', 'voice')).describe('sms unless given.'),
  originator: optional(originatorField).describe('Who it is from, `Twostep` unless given.'),
});

export const postTestMessage = endpoint(
  {
    id: 'sendTestMessage',
    method: 'post',
    path: `${path}/test-message`,
    tag,
    summary: 'Send a test message',
    description:
      'A fixed sentence without a code, on the way every message of this carrier takes; nobody pays for it here. Five a minute at most.',
    scope,
    params,
    body: { schema: message, types: ['json'] },
    errors: ['tooManyRequests'],
    answer: z.object({
      outcome: z
        .enum(['accepted', 'refused', 'unknown', 'notTakenUp'])
        .describe(
          'accepted: the carrier took it. refused: it did not, and no message left. unknown: there may be a message. ' +
            'notTakenUp: no worker runs the carrier, or it is paused or at its limit; no message left.',
        ),
      parts: z.int().optional().describe('Parts it took, where it was accepted.'),
      reason: z.string().optional().describe('Why, where it was not accepted.'),
    }),
  },
  async (deps, { operator, params: { name }, body: { recipient, method = 'sms', originator = 'Twostep' } }) =>
    await sendTestMessage({ ...deps, ...operator }, name, { recipient, method, originator }),
);

export const postReceiptSecret = endpoint(
  {
    id: 'drawReceiptUrl',
    method: 'post',
    path: `${path}/receipt-secret`,
    tag,
    summary: 'Make the URL its receipts come to',
    description: 'For a type whose receipts come by HTTP. The URL before this one ends at once.',
    scope,
    params,
    answer: z.object({ receiptUrl: z.string().describe('The URL to give to the carrier, shown this once.') }),
  },
  async ({ ring, publicUrl }, { operator, params: { name } }) => {
    return { receiptUrl: `${publicUrl.replace(/\/$/, '')}${await renewReceiptPath(operator, ring, name)}` };
  },
);
