// The 24 hours of a callback on the time-skipping server, with the real activities, database and receiver.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { callbackOffsets } from '../../domain/callback-schedule.ts';
import { defaultSettings } from '../../domain/settings.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { addApplication } from '../../store/demo.ts';
import {
  CALLBACK_WORKFLOW,
  type CallbackInput,
  callbackWorkflowId,
  VERIFICATIONS_QUEUE,
} from '../../workflows/messages.ts';
import { fixedRing } from '../support/key-rings.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';

const ring = fixedRing('k1');
const APPLICATION_ID = 'a'.repeat(24);

let database: Database;
let server: TimeSkipping;
let receiver: Receiver;
let count = 0;

beforeAll(async () => {
  receiver = await startReceiver();
  database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
  await addApplication(database, {
    _id: APPLICATION_ID,
    accountId: 'account',
    name: 'test',
    secrets: [],
    epoch: 1,
    disabled: false,
    settings: defaultSettings,
    callback: { url: receiver.url, secrets: [], paused: false },
    createdAt: new Date(),
  });
  server = await startTimeSkipping(database, ring, [receiver.host]);
});
afterAll(async () => {
  await server?.stop();
  await database?.close();
  await receiver?.stop();
});
beforeEach(() => {
  receiver.received.length = 0;
});

/** Runs a whole callback and returns the offsets of its attempts from the first, in ms of the workflow's time. */
async function run(url = receiver.url) {
  count += 1;
  const trackingId = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  const event = {
    applicationId: APPLICATION_ID,
    trackingId,
    recipient: '+306948530920',
    status: 'Verified' as const,
    updatedAt: new Date().toISOString(),
  };
  const input: CallbackInput = { accountId: 'account', url, event };
  const result = await server.environment.client.workflow.execute(CALLBACK_WORKFLOW, {
    workflowId: callbackWorkflowId(trackingId),
    taskQueue: VERIFICATIONS_QUEUE,
    args: [input],
  });
  const document = await database.callbacks.findOne({ _id: trackingId });
  const attempts = document?.attempts ?? [];
  const firstAt = attempts[0]?.at ?? 0;
  return { result, state: document?.state, attempts, offsets: attempts.map(({ at }) => at - firstAt) };
}

/** Each attempt at its offset; a timer never fires early, and the receiver's own two seconds may come on top. */
function expectOnSchedule(offsets: readonly number[]) {
  offsets.forEach((offset, index) => {
    const due = callbackOffsets[index] ?? Number.NaN;
    expect(offset).toBeGreaterThanOrEqual(due - 2_500);
    expect(offset).toBeLessThan(due + 10_000);
  });
}

describe('a callback', () => {
  test('to a receiver that never answers 200 is tried at each of the 13 offsets and then given up', async () => {
    receiver.answer = (response) => void response.writeHead(500).end();
    const { result, state, offsets } = await run();
    expect(result).toEqual({ delivered: false, attempts: 13 });
    expect(state).toBe('givenUp');
    expect(receiver.received).toHaveLength(13);
    expectOnSchedule(offsets);
    expect(offsets.at(-1)).toBeGreaterThanOrEqual(24 * 3_600_000 - 2_500);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('to a receiver that is back after 5 hours is delivered at the 8 h offset', async () => {
    receiver.answer = (response) => void response.writeHead(receiver.received.length <= 11 ? 503 : 200).end();
    const { result, state, offsets } = await run();
    expect(result).toEqual({ delivered: true, attempts: 12 });
    expect(state).toBe('delivered');
    expectOnSchedule(offsets);
    expect(offsets.at(-1)).toBeGreaterThanOrEqual(8 * 3_600_000 - 2_500);
  });

  test('to a receiver that hangs twice and redirects once is delivered at the fourth attempt', async () => {
    const answers: Receiver['answer'][] = [
      () => undefined,
      () => undefined,
      (response) => void response.writeHead(307, { Location: receiver.url }).end(),
      (response) => void response.writeHead(200).end(),
    ];
    receiver.answer = (response) => answers[receiver.received.length - 1]?.(response);
    const { result, attempts, offsets } = await run();
    expect(result).toEqual({ delivered: true, attempts: 4 });
    expect(attempts.map(({ outcome }) => outcome)).toEqual([
      { kind: 'failed', reason: 'timeout' },
      { kind: 'failed', reason: 'timeout' },
      { kind: 'refused', httpStatus: 307 },
      { kind: 'delivered', httpStatus: 200 },
    ]);
    expectOnSchedule(offsets);
  });

  test('to a private address is tried by the schedule and never leaves', async () => {
    const { result, attempts } = await run('http://10.1.2.3/');
    expect(result).toEqual({ delivered: false, attempts: 13 });
    expect(attempts.every(({ outcome }) => outcome.kind === 'failed' && outcome.reason === 'forbiddenAddress')).toBe(
      true,
    );
  });
});
