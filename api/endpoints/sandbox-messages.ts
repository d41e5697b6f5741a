// GET /sandbox/messages?recipient=: what the sandbox carrier "delivered" to a number for the caller's own account.
import type { Context } from 'koa';
import { z } from 'zod';
import { invalidFields } from '../../domain/errors.ts';
import { readRecipient } from '../../domain/phone.ts';
import { recipientHashes } from '../../secrets/recipient.ts';
import { openSandboxMessage } from '../../secrets/sandbox-message.ts';
import { findSandboxMessages } from '../../store/sandbox-messages.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { readFields, required } from '../fields.ts';

const query = z.object({ recipient: required(z.string('must be a phone number in international format, + as %2B')) });

export function readSandboxMessages({ database, ring }: Pick<ApiDeps, 'database' | 'ring'>) {
  return async function sandboxMessages(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    // In a query a bare plus is a space.
    const text = readFields(query, ctx.query).recipient.replace(/^ /, '+');
    const recipient = readRecipient(text, 'voice');
    if (typeof recipient === 'string') throw invalidFields({ recipient });
    const kept = await findSandboxMessages(database, account._id, recipientHashes(ring, recipient.number));
    ctx.body = kept.map((message) => ({
      trackingId: message.trackingId,
      ...openSandboxMessage(ring, message),
      sentAt: message.sentAt.toISOString(),
    }));
  };
}
