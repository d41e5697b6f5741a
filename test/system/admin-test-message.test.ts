// "Send a test message": on the way every message of a carrier takes, with an answer in every case.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSandboxMessage } from '../../secrets/sandbox-message.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import type { TestProcess } from '../support/process.ts';
import { createStack, type Stack } from '../support/stack.ts';

const RECIPIENT = '+306948530920';

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let worker: TestProcess;

beforeAll(async () => {
  stack = await createStack();
  admin = await startAdmin(stack);
  chief = await admin.operator({ name: 'Chief' });
  worker = await stack.startWorker();
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

const path = '/admin/carriers/sandbox/test-message';
const ask = async (body: object, at = path) => await chief.ask('POST', at, body);
const forgetLimit = () => stack.database.audit.deleteMany({ action: 'carrier.testMessage' });

test('it is sent without a code and told of, masked, in the trail; nothing of it stays in Temporal', async () => {
  const answer = await chief.get('POST', path, { recipient: '+30 694 853 0920', originator: 'Acme' });
  expect(answer).toEqual({ outcome: 'accepted', parts: 1 });
  const [kept] = await stack.database.sandboxMessages.find().toArray();
  const { text, ...content } = openSandboxMessage(stack.ring, kept as NonNullable<typeof kept>);
  expect(content).toMatchObject({ recipient: RECIPIENT, originator: 'Acme', method: 'sms' });
  expect(text).not.toMatch(/\d/);
  const acts = (await chief.get('GET', '/admin/audit?action=carrier.testMessage')).content;
  expect(acts).toMatchObject([{ details: { carrier: 'sandbox', recipient: '+30***920' } }]);
  expect(JSON.stringify([acts, admin.log])).not.toContain('694853');
  await eventually(
    'its history is gone',
    async () => {
      const found = [];
      for await (const run of stack.temporal.workflow.list({ query: "WorkflowType = 'testMessageWorkflow'" })) {
        found.push(run.workflowId);
      }
      return found.length === 0;
    },
    60_000,
  );
});

test.each([
  ['+12025550100', { outcome: 'refused', reason: 'the number is refused by the network' }],
  ['+12025550104', { outcome: 'unknown', reason: 'the carrier did not answer in time' }],
])('through a carrier that will not take %s it says so', async (recipient, expected) => {
  await forgetLimit();
  expect((await ask({ recipient })).body).toEqual(expected);
});

test('through a carrier that nobody runs it is said to be taken up by nobody', async () => {
  await chief.get('PUT', '/admin/carriers/idle', { type: 'sandbox' });
  await chief.get('POST', '/admin/carriers/idle/pause');
  await eventually('nobody runs it', async () => {
    await forgetLimit();
    const { body } = await ask({ recipient: RECIPIENT }, '/admin/carriers/idle/test-message');
    return body.outcome === 'notTakenUp' && body.reason.includes('paused');
  });
});

test('a call is made where one is asked for, and a number that the method does not reach is refused (400005000)', async () => {
  await forgetLimit();
  expect((await ask({ recipient: '+302101234567', method: 'voice' })).body.outcome).toBe('accepted');
  for (const [body, field] of [
    [{ recipient: '+302101234567' }, 'recipient'],
    [{ recipient: 'me' }, 'recipient'],
    [{}, 'recipient'],
    [{ recipient: RECIPIENT, method: 'fax' }, 'method'],
    [{ recipient: RECIPIENT, originator: 'far too long a name' }, 'originator'],
  ] as const) {
    const { status, body: answer } = await ask(body);
    expect([status, answer.code, Object.keys(answer.properties)]).toEqual([400, '400005000', [field]]);
  }
});

test('the sixth within a minute is refused (429000000), and is not sent', async () => {
  await forgetLimit();
  for (let n = 1; n <= 5; n += 1) expect((await ask({ recipient: RECIPIENT })).status).toBe(200);
  const before = await stack.database.sandboxMessages.countDocuments();
  const { status, body, headers } = await ask({ recipient: RECIPIENT });
  expect([status, body.code, headers.get('Retry-After')]).toEqual([429, '429000000', '60']);
  expect(await stack.database.sandboxMessages.countDocuments()).toBe(before);
});

test('of eight asked for at the same moment five are sent and three refused (429000000)', async () => {
  await forgetLimit();
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask({ recipient: RECIPIENT })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
});

test('through the sandbox where it is off there is no such carrier (404000000)', async () => {
  const off = await startAdmin(stack, [], { sandbox: false });
  const { body } = await off.as(chief.token).ask('POST', path, { recipient: RECIPIENT });
  expect(body.code).toBe('404000000');
  await off.close();
});

test.each([
  ['GET', '/admin/carriers/sandbox'],
  ['DELETE', '/admin/carriers/sandbox'],
  ['POST', '/admin/carriers/sandbox/pause'],
  ['POST', '/admin/carriers/sandbox/receipt-secret'],
])(
  '%s %s says that the sandbox is built in (404000000), since it takes test messages all the same',
  async (method, at) => {
    const { body } = await chief.ask(method, at);
    expect([body.code, body.developerMessage]).toEqual(['404000000', expect.stringContaining('sandbox is built in')]);
  },
);

test('while no worker runs at all it is not known what becomes of it, and nobody waits for long', async () => {
  await forgetLimit();
  await worker.stop();
  const began = Date.now();
  const { status, body } = await ask({ recipient: RECIPIENT });
  expect([status, body]).toEqual([200, { outcome: 'unknown', reason: 'there was no answer within 9 s' }]);
  expect(Date.now() - began).toBeLessThan(15_000);
});
