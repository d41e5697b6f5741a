// The status callback as a webhook of the document: what this service posts to an application.
import { z } from 'zod';
import { instant } from '../answers.ts';
import { status, trackingId } from '../wire.ts';
import type { OperationExamples } from './examples.ts';
import type { JsonObject, SchemaBook } from './json-schema.ts';

export const callbackEvent = z
  .object({
    applicationId: z.string(),
    trackingId,
    recipient: z.string().describe('The phone number, in full.'),
    status,
    updatedAt: instant,
  })
  .meta({ id: 'CallbackEvent', description: 'How a verification ended.' });

const headers = {
  'webhook-id': 'Stays the same over all attempts and replays: the same callback is known by it.',
  'webhook-timestamp': 'When this attempt was made, in seconds since 1970.',
  'webhook-signature':
    '`v1,` and base64 of HMAC-SHA-256 over `id.timestamp.body`; one per live secret, a space between.',
};

export function callbackWebhook(book: SchemaBook, { request }: OperationExamples = {}): JsonObject {
  const post = {
    operationId: 'verificationEnded',
    tags: ['Callback'],
    summary: 'A verification has ended',
    description:
      'Posted to the application’s callback URL. Every answer but 200 within 2 seconds means another attempt: 30 s, 1 m, 2 m, ' +
      '5 m, 10 m, 15 m, 30 m, 1 h, 2 h, 4 h, 8 h and 24 h after the first. Signed by Standard Webhooks.',
    security: [],
    parameters: Object.entries(headers).map(([name, description]) => ({
      name,
      in: 'header',
      description,
      required: name !== 'webhook-signature',
      schema: { type: 'string' },
    })),
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: book.output(callbackEvent), ...(request !== undefined && { example: request }) },
      },
    },
    responses: {
      '200': { description: 'Taken. It is not sent again.' },
      '4XX': { description: 'Not taken, like every answer but 200: it is sent again.' },
    },
  };
  return { verificationEnded: { post } };
}
