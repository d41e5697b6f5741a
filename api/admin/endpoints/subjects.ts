// POST /admin/subjects/erase: takes a person out of everything this service keeps.
import { z } from 'zod';
import { eraseSubject } from '../../../admin/erase-subject.ts';
import { ELSEWHERE, waitingReasons, waitingSentences } from '../../../domain/erasure.ts';
import { quotesNumber, readAnyNumber } from '../../../domain/phone.ts';
import { endpoint } from '../endpoint.ts';
import { nameField, optional, required } from '../fields.ts';

const number = z.string('must be a phone number in international format').transform((text, ctx) => {
  const read = readAnyNumber(text);
  if (typeof read !== 'string') return read.number;
  ctx.addIssue(read);
  return z.NEVER;
});

const fields = z
  .object({
    number: required(number).describe('The number, + and 7 to 15 digits.'),
    reference: optional(nameField('What asks for it')).describe(
      'What asks for it, such as a ticket, up to 100 characters; stands in the audit trail, so it must not hold the number.',
    ),
  })
  .refine(({ number, reference = '' }) => !quotesNumber(reference, number), {
    path: ['reference'],
    message: 'must not hold the number, since it stays in the audit trail',
  });

const count = (what: string) => z.int().describe(`${what}, by this request.`);

const answer = z.object({
  finished: z.boolean().describe('Whether nothing is left that leads to the number.'),
  next: z.string().describe('What is to be done now.'),
  cancelled: count('Verifications that were pending and are cancelled'),
  removed: z
    .object({
      verifications: count('Verifications that number, hash and mask were taken out of'),
      executions: count('Histories that Temporal was told to delete'),
      sandboxMessages: count("Messages deleted from the sandbox's outbox"),
      idempotencyKeys: count('Idempotency keys that the hash of the body was taken from'),
      auditRows: count('Rows of the audit trail that the masked number was taken out of'),
    })
    .describe('What was removed, by place.'),
  underWay: z
    .array(
      z.object({
        trackingId: z.string().describe('The verification.'),
        reason: z.enum(waitingReasons).describe('What it waits for.'),
        sentence: z.string().describe('The same as a sentence.'),
      }),
    )
    .describe('What could not be erased wholly yet, 100 at most.'),
  elsewhere: z.string().describe('What is beyond the reach of this service.'),
});

export const postSubjectErase = endpoint(
  {
    id: 'eraseSubject',
    method: 'post',
    path: '/admin/subjects/erase',
    tag: 'Persons',
    summary: 'Erase a person',
    description:
      'Pending verifications of the number are cancelled and settled; then number, keyed hash, mask, arguments and texts are removed, histories in Temporal included. Reports, ledger and audit trail keep what they count. It takes up to about 20 seconds, and may be repeated at any time: while `finished` is false it must be.',
    scope: 'subjects:erase',
    body: { schema: fields, types: ['json'] },
    answer,
  },
  async ({ ring, temporal }, { operator, body }) => {
    const erasure = await eraseSubject(operator, { ring, temporal }, body.number, body.reference);
    const { finished, cancelled, waiting, verifications, executions, sandboxMessages, idempotencyKeys, auditRows } =
      erasure;
    return {
      finished,
      next: finished
        ? 'Nothing: no search in MongoDB or Temporal finds the number any more.'
        : 'Repeat this request, in a minute or when what it waits for is over: it goes on with what is left, and harms nothing.',
      cancelled,
      removed: { verifications, executions, sandboxMessages, idempotencyKeys, auditRows },
      underWay: waiting.map(({ trackingId, reason }) => ({
        trackingId,
        reason,
        sentence: waitingSentences[reason],
      })),
      elsewhere: ELSEWHERE,
    };
  },
);
