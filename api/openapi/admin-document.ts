// The document of the management API.
import { documentedSentences } from '../admin/sentences.ts';
import type { Operation } from '../operation.ts';
import { type OpenApiDocument, openApiDocument } from './document.ts';
import { recordedAdminExamples } from './recorded-admin-examples.ts';
import { recordedExamples } from './recorded-examples.ts';
import { VERSION } from './version.ts';

export const ADMIN_TITLE = 'Twostep management';

const tags = [
  { name: 'Operators', description: 'Who may use this API, and for what.' },
  { name: 'Accounts', description: 'Who pays.' },
  { name: 'Money', description: 'What was paid in, corrected and spent, and how far an account may go.' },
  { name: 'Applications', description: 'Who verifies: credentials, and the secrets that sign its callbacks.' },
  { name: 'Settings', description: 'What verifications start with, and what templates come to.' },
  { name: 'Prices', description: 'What a message costs, by country and method.' },
  { name: 'Carriers', description: 'The ways out to the phone network, and how they are doing.' },
  { name: 'Routes', description: 'Which carriers a message goes through, one after the other.' },
  {
    name: 'Verifications',
    description: 'For support: lists, those of a number, the story of one. Numbers are masked.',
  },
  { name: 'Callbacks', description: 'Tried out, held back, let go, sent again.' },
  { name: 'Persons', description: 'Erasing somebody from all that is kept.' },
  { name: 'Audit', description: 'Who did what, and what happened that somebody should know.' },
  { name: 'Probes', description: 'Whether this process runs and can serve; they ask for no token.' },
];

const description = `Sets up and looks after a Twostep server. A token is made by \`npm run operators\` or by another operator; it says what its
holder may do.

- Success is always 200. Every refusal is \`{code, developerMessage, properties}\`; the code's first three digits are the status.
- Unknown fields and filters are refused, with the nearest known name; \`null\` and \`""\` count as not given, but where a field says what null does.
- Numbers, \`true\` and \`false\` may be texts, and words in any case.
- In a PATCH what is left out stays.
- Every change leaves a row in the audit trail, never with a secret.
- 503 means: the database or the engine is away, ask again after \`Retry-After\`.`;

/** Describes the management API; it holds no secret. */
export function adminDocument(operations: readonly Operation[], options: { closed?: boolean } = {}): OpenApiDocument {
  return openApiDocument({
    title: ADMIN_TITLE,
    description,
    version: VERSION,
    tags,
    operations,
    // The probes are those of the public API.
    examples: { ...recordedExamples, ...recordedAdminExamples },
    sentences: documentedSentences,
    strict: true,
    ...options,
  });
}
