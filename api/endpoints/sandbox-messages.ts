// GET /sandbox/messages?recipient=: what the sandbox carrier "delivered" to a number for the caller's own account.
import type { Context } from 'koa';
import { z } from 'zod';
import { invalidFields } from '../../domain/errors.ts';
import { methods } from '../../domain/method.ts';
import { readAnyNumber } from '../../domain/phone.ts';
import { recipientHashes } from '../../secrets/recipient.ts';
import { openSandboxMessage } from '../../secrets/sandbox-message.ts';
import { findSandboxMessages } from '../../store/sandbox-messages.ts';
import { instant } from '../answers.ts';
import { queryOf } from '../body/form.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { readFields, required } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { trackingId } from '../wire.ts';

const query = z.object({
  recipient: required(z.string('must be a phone number in international format, + as %2B')).describe(
    'The phone number the messages went to.',
  ),
});

const message = z
  .object({
    trackingId,
    recipient: z.string(),
    originator: z.string(),
    method: z.enum(methods),
    text: z.string().describe('With the code in it.'),
    language: z.string().optional().describe('Of a call.'),
    sentAt: instant,
  })
  .meta({ id: 'SandboxMessage', description: 'What a phone would show.' });

export const sandboxMessagesOperation: Operation = {
  id: 'readSandboxMessages',
  method: 'get',
  path: '/sandbox/messages',
  tag: 'Sandbox',
  summary: 'What the sandbox delivered to a number',
  description: 'The newest first, up to 100, kept for an hour. Messages of the caller’s own account alone.',
  security: 'token',
  query,
  answer: z.array(message),
  errors: [],
};

export function readSandboxMessages({ database, ring }: Pick<ApiDeps, 'database' | 'ring'>) {
  return async function sandboxMessages(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    // In a query a bare plus is a space.
    const text = readFields(query, queryOf(ctx)).recipient.replace(/^ /, '+');
    const recipient = readAnyNumber(text);
    if (typeof recipient === 'string') throw invalidFields({ recipient });
    const kept = await findSandboxMessages(database, account._id, recipientHashes(ring, recipient.number));
    const body: z.output<typeof message>[] = kept.map((each) => ({
      trackingId: each.trackingId,
      ...openSandboxMessage(ring, each),
      sentAt: each.sentAt.toISOString(),
    }));
    ctx.body = body;
  };
}
