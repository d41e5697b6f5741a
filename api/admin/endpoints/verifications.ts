// GET /admin/verifications and POST /admin/verifications/search: verifications by filters, and those of one number.
import { z } from 'zod';
import { leaveTrace } from '../../../admin/operator.ts';
import { maskNumber, readAnyNumber } from '../../../domain/phone.ts';
import { statuses } from '../../../domain/verification.ts';
import { recipientHashes } from '../../../secrets/recipient.ts';
import { MAX_FOUND, notedVerifications } from '../../../store/recipients.ts';
import { listVerifications } from '../../../store/verification-list.ts';
import { findVerifications } from '../../../store/verifications.ts';
import { word } from '../../fields.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { placeField } from '../../place-field.ts';
import { endpoint } from '../endpoint.ts';
import { optional, pageAnswer, pageQuery, periodQuery, required } from '../fields.ts';
import { showVerifications, verificationBody } from '../verification-body.ts';

const tag = 'Verifications';
const scope = 'verifications:read';

const status = z
  .string('must be given once')
  .transform((text) => statuses.find((each) => each.toLowerCase() === text.toLowerCase()))
  .refine((found) => found !== undefined, `must be one of ${statuses.join(', ')}`);

const MAX_CARRIER = 100;

const query = z.object({
  ...pageQuery,
  accountId: optional(z.string('must be given once')).describe('Only those of this account.'),
  applicationId: optional(z.string('must be given once')).describe('Only those this application started.'),
  status: optional(status).describe('Only those that stand so.'),
  method: optional(word('sms', 'voice')).describe('Only those started by this method.'),
  country: optional(placeField).describe('Only numbers of this country.'),
  carrier: optional(
    z.string('must be given once').max(MAX_CARRIER, `must be at most ${MAX_CARRIER} characters`),
  ).describe('Only those a message of which was given to this carrier.'),
  ...periodQuery('Only those started'),
});

export const getVerifications = endpoint(
  {
    id: 'listVerifications',
    method: 'get',
    path: '/admin/verifications',
    tag,
    summary: 'List verifications',
    description: 'As long as the retention of their application; refused starts are not among them.',
    scope,
    query,
    answer: pageAnswer(verificationBody),
  },
  async ({ database }, { query: { page, size, ...filter } }) => {
    const asked = pageOf({ page, size });
    const { rows, total } = await listVerifications(database, filter, asked);
    return pageBody(showVerifications(rows), total, asked);
  },
);

const recipient = z.string('must be a phone number in international format').transform((text, ctx) => {
  // Served or not: whoever vouched for it may have taken his word back.
  const read = readAnyNumber(text);
  if (typeof read !== 'string') return read.number;
  ctx.addIssue(read);
  return z.NEVER;
});

export const postVerificationSearch = endpoint(
  {
    id: 'searchVerifications',
    method: 'post',
    path: '/admin/verifications/search',
    tag,
    summary: 'Find the verifications of a number',
    description: `The newest ${MAX_FOUND} at most, newest first. The number comes in the body, since paths and queries end up in logs of proxies; the audit trail keeps it masked.`,
    scope,
    body: {
      schema: z.object({ recipient: required(recipient).describe('The number, + and 7 to 15 digits.') }),
      types: ['json'],
    },
    answer: z.object({ content: z.array(verificationBody).describe('What was found, newest first.') }),
  },
  async ({ database, ring }, { operator, body }) => {
    await leaveTrace(operator, 'verifications.search', { recipient: maskNumber(body.recipient) });
    const noted = await notedVerifications(database, recipientHashes(ring, body.recipient));
    const found = showVerifications(await findVerifications(database, [...new Set(noted)]));
    return { content: found.sort((a, b) => b.startedAt.localeCompare(a.startedAt)).slice(0, MAX_FOUND) };
  },
);
