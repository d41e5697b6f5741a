// Records the examples of the documents on the real stack: npm run examples:record
import { writeFileSync } from 'node:fs';
import { startReceiver } from '../support/receiver.ts';
import { startServers } from '../support/servers.ts';
import { createStack } from '../support/stack.ts';
import type { Examples } from './notes.ts';
import { playExamples } from './play.ts';
import { playAdminExamples } from './play-admin.ts';

/** One file per document, and the name of what it holds. */
const write = (file: string, name: string, examples: Examples) =>
  writeFileSync(
    `api/openapi/${file}`,
    `// Real answers, recorded by \`npm run examples:record\`; never edited by hand.
import type { OperationExamples } from './examples.ts';

export const ${name}: Readonly<Record<string, OperationExamples>> = ${JSON.stringify(examples, null, 2)};
`,
  );

const { servers, stop } = await startServers();
const receiver = await startReceiver();
try {
  const stack = await createStack({ servers });
  try {
    await Promise.all([stack.startApi(), stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host })]);
    // In the order of the test that compares them: the second story leaves a carrier behind.
    write('recorded-admin-examples.ts', 'recordedAdminExamples', await playAdminExamples(stack, receiver));
    write('recorded-examples.ts', 'recordedExamples', await playExamples(stack, receiver));
  } finally {
    await stack.stop();
  }
} finally {
  await receiver.stop();
  await stop();
}
