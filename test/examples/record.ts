// Records the examples of the document on the real stack: npm run examples:record
import { writeFileSync } from 'node:fs';
import { startReceiver } from '../support/receiver.ts';
import { startServers } from '../support/servers.ts';
import { createStack } from '../support/stack.ts';
import { playExamples } from './play.ts';

const FILE = 'api/openapi/recorded-examples.ts';

const { servers, stop } = await startServers();
const receiver = await startReceiver();
try {
  const stack = await createStack({ servers });
  try {
    await Promise.all([stack.startApi(), stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host })]);
    const examples = await playExamples(stack, receiver);
    writeFileSync(
      FILE,
      `// Real answers, recorded by \`npm run examples:record\`; never edited by hand.
import type { OperationExamples } from './examples.ts';

export const recordedExamples: Readonly<Record<string, OperationExamples>> = ${JSON.stringify(examples, null, 2)};
`,
    );
  } finally {
    await stack.stop();
  }
} finally {
  await receiver.stop();
  await stop();
}
