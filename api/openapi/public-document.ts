// The document of the public API.
import type { Operation } from '../operation.ts';
import { callbackWebhook } from './callback.ts';
import { type OpenApiDocument, openApiDocument } from './document.ts';
import { recordedExamples } from './recorded-examples.ts';
import { VERSION } from './version.ts';

const tags = [
  { name: 'Authorisation', description: 'Application credentials for an access token.' },
  { name: 'Verification', description: 'From a phone number to the certainty that someone holds it.' },
  { name: 'Reports', description: 'How verifications ended.' },
  { name: 'Account', description: 'Money and prices.' },
  { name: 'Carriers', description: 'What carriers report of messages.' },
  { name: 'Sandbox', description: 'Messages that were kept instead of sent.' },
  { name: 'Probes', description: 'For whoever runs this service.' },
  { name: 'Callback', description: 'What this service tells an application.' },
];

const description = `Proves that someone holds a phone number: sends a one-time code by SMS or voice and judges what the person typed.

Get a token, start a verification, confirm the answer. A program written for Routee's 2Step API works against this service once
its base URL and credentials are changed.

- Success is always 200. Every refusal is \`{code, developerMessage, properties}\`; the code's first three digits are the status.
- Unknown fields are ignored; \`null\` and \`""\` count as not given. Integers may be texts, and words in any case.
- Times are ISO 8601 in UTC with milliseconds.
- 503 means: nothing is lost, ask again after \`Retry-After\`. With an \`Idempotency-Key\` a repeat is safe.`;

/** Describes the operations that are served, be the sandbox among them or not. */
export function publicDocument(operations: readonly Operation[], options: { closed?: boolean } = {}): OpenApiDocument {
  const used = new Set(['Callback', ...operations.map(({ tag }) => tag)]);
  return openApiDocument({
    title: 'Twostep',
    description,
    version: VERSION,
    tags: tags.filter(({ name }) => used.has(name)),
    operations,
    examples: recordedExamples,
    webhooks: (book) => callbackWebhook(book, recordedExamples.verificationEnded),
    ...options,
  });
}
