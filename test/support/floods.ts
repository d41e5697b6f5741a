// Floods of one kind at one verification: by the API as anybody can send them, and past it, as if it bounded nothing.
import { randomUUID } from 'node:crypto';
import { createEngine } from '../../api/engine.ts';
import { answerNumber } from '../../domain/answer.ts';
import { createReceiptTaker, type ReceiptTaker } from '../../receipts/take-receipt.ts';
import { answerDigests } from '../../secrets/answer-digest.ts';
import { type ApiAnswer, wrongCode } from './api-client.ts';
import type { Stack, TestApplication } from './stack.ts';

export interface Flood {
  /** One for all receipts, as a process has. */
  readonly takeReceipt: ReceiptTaker;
  readonly stack: Stack;
  readonly app: TestApplication;
  readonly trackingId: string;
  readonly code: string;
}

/** An open verification to be flooded, with a day to live. */
export async function openFlood(stack: Stack, app: TestApplication): Promise<Flood> {
  const trackingId = await app.api.open({ lifetimeInSeconds: 86_400 });
  await app.api.happened(trackingId, 'charged');
  const { database, temporal } = stack;
  const takeReceipt = createReceiptTaker({ database, temporal, warn: () => undefined });
  return { stack, app, trackingId, takeReceipt, code: await app.api.code(trackingId) };
}

const AT_ONCE = 8;

/** Runs an act so many times, a few at a time. */
export async function flood<T>(times: number, act: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const run = async () => {
    while (next < times) {
      const n = next;
      next += 1;
      results.push(await act(n));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  return results;
}

/** How many signals its history holds. */
export async function signalsOf({ stack, trackingId }: Pick<Flood, 'stack' | 'trackingId'>): Promise<number> {
  const { events } = await stack.temporal.workflow.getHandle(trackingId).fetchHistory();
  return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
}

/** One message of each kind, as it comes in by HTTP or by a carrier. */
export const byApi: Readonly<Record<string, (it: Flood, n: number) => Promise<ApiAnswer | undefined>>> = {
  'wrong answers': ({ app, trackingId, code }) => app.api.confirm(trackingId, wrongCode(code)),
  'wrong answers under one key': ({ app, trackingId, code }) =>
    app.api.request('POST', `/2step/${trackingId}`, {
      headers: { 'Idempotency-Key': 'one' },
      body: new URLSearchParams({ answer: wrongCode(code) }),
    }),
  cancellations: ({ app, trackingId }) => app.api.cancel(trackingId),
  resends: ({ app, trackingId }) => app.api.json('POST', `/2step/${trackingId}/resend`, {}),
  'resends under one key': ({ app, trackingId }) =>
    app.api.request('POST', `/2step/${trackingId}/resend`, {
      headers: { 'Idempotency-Key': 'one', 'Content-Type': 'application/json' },
      body: '{}',
    }),
  'repeated receipts': (it) => receipt(it, 'same'),
  'receipts with ids of their own': (it, n) => receipt(it, `id-${n}`),
};

async function receipt({ takeReceipt, trackingId }: Flood, messageId: string): Promise<undefined> {
  await takeReceipt('sandbox', { reference: `${trackingId}:send:1`, messageId, state: 'underway' });
}

/** The same, handed to the workflow whatever the API thinks of it. */
export const pastApi: Readonly<Record<string, (it: Flood) => Promise<unknown>>> = {
  'answers without a digest it knows': ({ stack, trackingId }) =>
    createEngine(stack.temporal).confirm(trackingId, { attemptId: randomUUID(), digests: {}, receivedAt: Date.now() }),
  'repeats of one wrong answer': ({ stack, trackingId, code }) =>
    createEngine(stack.temporal).confirm(trackingId, {
      attemptId: 'one',
      digests: answerDigests(stack.ring, trackingId, answerNumber(wrongCode(code), code.length)),
      receivedAt: Date.now(),
    }),
  'resends too soon': ({ stack, trackingId }) =>
    createEngine(stack.temporal).resend(trackingId, { attemptId: randomUUID(), method: 'sms', receivedAt: 0 }),
  'abandoned starts': ({ stack, trackingId }) => createEngine(stack.temporal).abandon(trackingId),
};
