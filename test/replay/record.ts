// Records a history of every ending on the real stack: npm run histories:record [-- v2]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { wrongCode } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { startServers } from '../support/servers.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';
import { ARGUMENT, type Ending, endings, folder, recordingKey, writtenHistory } from './recordings.ts';

const [version = 'v1'] = process.argv.slice(2);
const fileOf = (ending: string) => `${folder}${ending}-${version}.json`;

/** Brings one verification to its ending and returns its id. Numbers are invented; codes are long, to be found if they leak. */
type Story = (app: TestApplication, stack: Stack) => Promise<string>;

const message = { template: 'Dear @@name, @@pin', arguments: { name: ARGUMENT }, digits: 10 };

async function confirmed({ api }: TestApplication, wrongAnswers: number, fields: Record<string, unknown> = {}) {
  const trackingId = await api.open({ ...message, ...fields });
  const code = await api.code(trackingId, fields.recipient as string | undefined);
  for (let n = 0; n < wrongAnswers; n += 1) await api.confirm(trackingId, wrongCode(code));
  if (fields.maxRetries !== wrongAnswers - 1) await api.confirm(trackingId, code);
  return trackingId;
}

async function delivered({ api }: TestApplication, fields: Record<string, unknown> = {}) {
  const trackingId = await api.open({ ...message, ...fields });
  await api.delivered(trackingId);
  return trackingId;
}

const stories: Readonly<Record<Ending, Story>> = {
  verified: (app) => confirmed(app, 0),
  'verified-after-wrong': (app) => confirmed(app, 2),
  'failed-by-tries': (app) => confirmed(app, 2, { maxRetries: 1 }),
  'failed-by-delivery': ({ api }) => api.open({ ...message, recipient: '+12025550100' }),
  expired: (app) => delivered(app, { lifetimeInSeconds: 3 }),
  async cancelled(app) {
    const trackingId = await delivered(app);
    await app.api.cancel(trackingId);
    return trackingId;
  },
  async 'refused-by-balance'(_app, stack) {
    const poor = await stack.addApplication({ balance: 0 });
    await poor.api.start(message);
    const refused = await stack.database.verifications.findOne({ refusal: 'insufficientBalance' });
    if (!refused) throw new Error('The start was not refused');
    return refused._id;
  },
  'unknown-then-released': ({ api }) => api.open({ ...message, recipient: '+12025550104', lifetimeInSeconds: 5 }),
  'refused-twice-then-accepted': (app) => confirmed(app, 0, { recipient: '+12025550101' }),
};

async function record(stack: Stack, app: TestApplication, ending: Ending): Promise<void> {
  const trackingId = await stories[ending](app, stack);
  const handle = stack.temporal.workflow.getHandle(trackingId);
  const result = await handle.result();
  if (result.outcome !== endings[ending].outcome) throw new Error(`${ending} ended as ${result.outcome}`);
  const history = await eventually(`the history of ${ending}`, () => handle.fetchHistory());
  writeFileSync(fileOf(ending), writtenHistory(history));
  process.stdout.write(`${ending}-${version}: ${history.events?.length} events\n`);
}

const there = Object.keys(endings).filter((ending) => existsSync(fileOf(ending)));
if (there.length > 0) {
  throw new Error(
    `Recorded histories are kept: name another version than ${version}, or delete its files while nobody runs it`,
  );
}
mkdirSync(folder, { recursive: true });
const { servers, stop } = await startServers();
try {
  const stack = await createStack({ keys: [recordingKey], servers });
  try {
    await Promise.all([stack.startWorker(), stack.startApi()]);
    const app = await stack.addApplication();
    for (const ending of Object.keys(stories)) await record(stack, app, ending as Ending);
  } finally {
    await stack.stop();
  }
} finally {
  await stop();
}
