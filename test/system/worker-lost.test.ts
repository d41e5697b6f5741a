// One of two workers dies, or none is there at all: what callers are told, how soon, and what becomes of it later.
import { describe, expect, type TestContext, test } from 'vitest';
import { atRest, resultOf, signalled, workflowIds } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, ledgerOf } from '../support/ledger.ts';
import { createStack } from '../support/stack.ts';

/** 20 rounds give figures worth quoting; the suite needs only the answers to be right. */
const ROUNDS = Number(process.env.KILLED_WORKER_ROUNDS ?? 3);

async function prepared({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const stack = await createStack();
  onTestFinished(() => stack.stop());
  const api = await stack.startApi();
  return { stack, api, app: await stack.addApplication({ balance: 1 }) };
}

const hasPassed = (at: number) => eventually('the moment', async () => Date.now() > at);

test(
  'a confirmation right after SIGKILL of the worker that holds the verification is answered by the other one',
  async ({ annotate, onTestFinished }) => {
    const { stack, app } = await prepared({ onTestFinished });
    let holder = await stack.startWorker();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const trackingId = await app.api.open();
      const code = await app.api.code(trackingId);
      const other = await stack.startWorker();
      await holder.kill();
      const askedAt = performance.now();
      const { status, body } = await app.api.confirm(trackingId, code);
      times.push(performance.now() - askedAt);
      // A caller waits 5 s for a verdict, so a 200 came in time.
      expect([status, body.status]).toEqual([200, 'Verified']);
      holder = other;
    }
    times.sort((a, b) => a - b);
    await annotate(`ms: ${times.map(Math.round).join(' ')}`, 'figures');
  },
  30_000 + ROUNDS * 15_000,
);

// They wait for time-outs and for lives to end, so they wait together, on stacks of their own.
describe.concurrent('while no worker runs', () => {
  test('a start is answered 503000000 within about 10 s, later ones at once, and nothing comes of any when a worker does', async ({
    expect,
    onTestFinished,
  }) => {
    const { stack, app } = await prepared({ onTestFinished });
    // One has been there before: it makes the namespace.
    await (await stack.startWorker()).kill();
    const first = await timed(() => app.api.start());
    expect([first.answer.status, first.answer.body.code]).toEqual([503, '503000000']);
    expect(first.answer.headers.get('Retry-After')).toBe('2');
    // 10 s are meant, to the millisecond in test/api/start.test.ts; a busy machine takes its time.
    expect(first.ms).toBeLessThan(15_000);
    const second = await timed(() => app.api.start());
    expect(second.answer.body.code).toBe('503000000');
    // At once: one that waits for an outcome takes as long as the first.
    expect(second.ms).toBeLessThan(first.ms / 2);
    await stack.startWorker();
    const [trackingId = ''] = await workflowIds(stack, 1);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Refused', refusal: 'unavailable', charged: 0 });
    expect(await app.api.messages('+306948530920')).toEqual([]);
    expect((await ledgerOf(stack.database, app.accountId)).filter((row) => row.delta !== 0)).toHaveLength(1);
    expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ available: 1e6, reserved: 0 });
    // The gauge learns within a second or two that starts are taken up again.
    await eventually('a start is served again', async () => (await app.api.start()).status === 200);
  });

  test('an answer given before the end of the lifetime is right for ever, one given after it never is', async ({
    expect,
    onTestFinished,
  }) => {
    const { stack, app } = await prepared({ onTestFinished });
    const worker = await stack.startWorker();
    const lifetimeInSeconds = 12;
    const starts = await Promise.all([1, 2, 3].map(() => app.api.start({ lifetimeInSeconds })));
    const [before, after, both] = starts.map(({ body }) => body.trackingId as string) as [string, string, string];
    const codes = new Map<string, string>();
    for (const id of [before, after, both]) codes.set(id, await app.api.code(id));
    const confirm = (id: string) => app.api.confirm(id, codes.get(id) ?? '');
    await Promise.all([before, after, both].map((id) => atRest(stack, id)));
    await worker.kill();
    const early = Promise.all([confirm(before), confirm(both)]);
    await Promise.all([signalled(stack, before, 1), signalled(stack, both, 1)]);
    await hasPassed(Math.max(...starts.map(({ body }) => Date.parse(body.expiresAt))));
    const late = Promise.all([confirm(after), confirm(both)]);
    await Promise.all([signalled(stack, after, 1), signalled(stack, both, 2)]);
    for (const { status, headers } of [...(await early), ...(await late)]) {
      expect([status, headers.get('Retry-After')]).toEqual([503, '2']);
    }
    await stack.startWorker();
    expect(await resultOf(stack, before)).toMatchObject({ outcome: 'Verified', timesTried: 1 });
    expect(await resultOf(stack, both)).toMatchObject({ outcome: 'Verified', timesTried: 1 });
    expect(await resultOf(stack, after)).toMatchObject({ outcome: 'Expired', timesTried: 0 });
    expect((await app.api.status(before)).body).toMatchObject({ status: 'Verified', timesTried: 1 });
    expect((await app.api.status(after)).body).toMatchObject({ status: 'Expired', timesTried: 0 });
  });
});

test.concurrent('an api killed between an answer and its verdict takes nothing along: the try counts exactly once', async ({
  expect,
  onTestFinished,
}) => {
  const { stack, api, app } = await prepared({ onTestFinished });
  const worker = await stack.startWorker();
  const [right, wrong] = [await app.api.open(), await app.api.open()];
  const code = await app.api.code(right);
  await app.api.delivered(wrong);
  await Promise.all([atRest(stack, right), atRest(stack, wrong)]);
  await worker.kill();
  const lost = Promise.allSettled([app.api.confirm(right, code), app.api.confirm(wrong, 'x')]);
  await Promise.all([signalled(stack, right, 1), signalled(stack, wrong, 1)]);
  await api.kill();
  // Cut off; or, on a machine too busy to be killed within 5 s, told that the verdict is yet to come.
  for (const each of await lost) if (each.status === 'fulfilled') expect(each.value.status).toBe(503);
  await Promise.all([stack.startApi(), stack.startWorker()]);
  const shows = async (trackingId: string, expected: object) => {
    const judged = async () => {
      const { body } = await app.api.status(trackingId);
      return body.timesTried > 0 && body;
    };
    expect(await eventually('a try that counts', judged)).toMatchObject(expected);
  };
  await shows(right, { status: 'Verified', timesTried: 1 });
  await shows(wrong, { status: 'Pending', timesTried: 1 });
  const { body, headers } = await app.api.confirm(wrong, 'x');
  expect([body.code, headers.get('X-Attempts-Remaining')]).toEqual(['400011005', '2']);
});

async function timed<T>(ask: () => Promise<T>) {
  const startedAt = performance.now();
  return { answer: await ask(), ms: performance.now() - startedAt };
}
