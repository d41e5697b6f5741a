// A start and its outcome: answered by the projection, given up after 8 s, and turned away at once without workers.
import type { Context } from 'koa';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startVerification } from '../../api/endpoints/start.ts';
import type { OutcomeWatcher } from '../../api/outcomes.ts';
import { defaultSettings } from '../../domain/settings.ts';
import type { VerificationDocument } from '../../store/documents.ts';
import type { VerificationInput } from '../../workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { fixedRing } from '../support/key-rings.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const prices = ['sms', 'voice'].map((method) => ({ _id: `GR:${method}`, country: 'GR', method, price: 1 }));

type Projected = Partial<VerificationDocument> | undefined;

/** A service in which `project` says what the projection of the started workflow reads at the moment. */
function fakeService(project: (input: VerificationInput) => Projected, startFails = false) {
  let input: VerificationInput | undefined;
  const engine = {
    start: vi.fn(async (given: VerificationInput) => {
      input = given;
      if (startFails) throw new Error('4 DEADLINE_EXCEEDED');
    }),
    abandon: vi.fn(async () => 'delivered' as const),
  };
  const projected = (): VerificationDocument | undefined => {
    const changes = input && project(input);
    if (!input || !changes) return undefined;
    const { trackingId: _id, receivedAt, expiresAt, maxRetries } = input;
    const at = new Date(receivedAt);
    const open = { outcome: 'open', status: 'Pending', timesTried: 0, updatedAt: at, receivedAt: at, openedAt: at };
    return { _id, ...open, maxRetries, expiresAt: new Date(expiresAt), ...changes } as VerificationDocument;
  };
  // Like the real one, on the test's own clock.
  const outcomes: OutcomeWatcher = {
    async waitFor(_, read, deadline) {
      const outcome = async () => {
        const verification = projected();
        return verification && read(verification);
      };
      return (await eventually('an outcome', outcome, deadline - Date.now()).catch(() => undefined)) || undefined;
    },
  };
  return { engine, outcomes };
}

async function start(
  service: ReturnType<typeof fakeService>,
  fields = {},
  overloaded = false,
  settings = defaultSettings,
) {
  const deps = {
    ...service,
    database: {
      prices: { find: () => ({ toArray: async () => prices }) },
      routes: { find: () => ({ toArray: async () => [] }) },
    },
    ring: fixedRing('k1'),
    fallbackCarrier: 'sandbox',
    logger: { warn: () => undefined },
    overloaded: () => overloaded,
    workerUp: async () => true,
  };
  const caller = { application: { settings }, account: { currency: 'EUR' } };
  const body = { method: 'sms', recipient: '+306948530920', ...fields };
  const ctx = { state: { caller, receivedAt: Date.now() }, request: { body }, get: () => '' } as unknown as Context;
  const from = Date.now();
  const outcome = startVerification(deps as never)(ctx).then(
    () => ctx.body,
    (error: unknown) => error,
  );
  let done = false;
  void outcome.then(() => {
    done = true;
  });
  while (!done) await vi.advanceTimersByTimeAsync(10);
  return { outcome: await outcome, ms: Date.now() - from };
}

const unavailable = { errorName: 'unavailable', retryAfterSeconds: expect.any(Number) };
const since = (ms: number, read: Projected) => (input: VerificationInput) =>
  Date.now() - input.receivedAt >= ms ? read : undefined;

describe('a start', () => {
  // Issue 12, A18.
  test.each([
    [{}, { originator: 'ACMEGR', restrictions: { contentTemplateId: '1', principalEntityId: '2' } }],
    [{ originator: 'Shop' }, { originator: 'Shop' }],
    [{ country: 'IN' }, { originator: 'ACMEIN', restrictions: { contentTemplateId: '1', principalEntityId: '2' } }],
    [
      { restrictions: { contentTemplateId: '9' } },
      { restrictions: { contentTemplateId: '9', principalEntityId: '2' } },
    ],
    [
      { restrictions: { principalEntityId: '8' } },
      { restrictions: { contentTemplateId: '1', principalEntityId: '8' } },
    ],
  ])('of %j hands the workflow the sender and the ids in force: %j', async (fields, expected) => {
    const service = fakeService(since(0, { timesTried: 0 }));
    const translations = {
      GR: { originator: 'ACMEGR', restrictions: { contentTemplateId: '1' } },
      IN: { originator: 'ACMEIN' },
    };
    await start(service, fields, false, { ...defaultSettings, restrictions: { principalEntityId: '2' }, translations });
    expect(service.engine.start.mock.calls[0]?.[0]).toMatchObject(expected);
  });

  test('is answered with the body of its projection as soon as that is open', async () => {
    const service = fakeService(since(300, { timesTried: 0 }));
    const { outcome, ms } = await start(service, { maxRetries: 2 });
    expect(outcome).toMatchObject({ status: 'Pending', maxRetries: 2, timesTried: 0 });
    expect(ms).toBeLessThan(400);
    expect(service.engine.abandon).not.toHaveBeenCalled();
  });

  test.each(['insufficientBalance', 'accountNotFound', 'invalidTemplate'] as const)(
    'that was refused as %s is answered so at once',
    async (refusal) => {
      const service = fakeService(since(300, { outcome: 'refused', refusal }));
      const { outcome, ms } = await start(service);
      expect(outcome).toMatchObject({ errorName: refusal });
      expect(ms).toBeLessThan(400);
    },
  );

  test('without an outcome is given up after 8 s, says so to the workflow, and is 503000000 after 2 s more', async () => {
    const service = fakeService(() => undefined);
    const { outcome, ms } = await start(service);
    expect(outcome).toMatchObject(unavailable);
    expect(ms).toBeGreaterThanOrEqual(10_000);
    expect(ms).toBeLessThan(10_200);
    expect(service.engine.abandon).toHaveBeenCalledTimes(1);
    expect(service.engine.abandon).toHaveBeenCalledWith(service.engine.start.mock.calls[0]?.[0].trackingId);
  });

  test('that turns out to be open after it was given up is answered 200, since its message goes out', async () => {
    const { outcome } = await start(fakeService(since(8_500, {})));
    expect(outcome).toMatchObject({ status: 'Pending' });
  });

  test('that opened too late, which the workflow refuses by the same rule, is 503000000', async () => {
    const late = (input: VerificationInput) => ({ openedAt: new Date(input.receivedAt + 8_001) });
    expect((await start(fakeService(late))).outcome).toMatchObject(unavailable);
    const refused = since(8_500, { outcome: 'refused', refusal: 'unavailable' });
    expect((await start(fakeService(refused))).outcome).toMatchObject(unavailable);
  });

  test('that the engine did not acknowledge is still looked for, since it may have arrived', async () => {
    const service = fakeService(since(100, {}), true);
    expect((await start(service)).outcome).toMatchObject({ status: 'Pending' });
    expect(service.engine.abandon).toHaveBeenCalledTimes(1);
  });

  test('that neither began nor could be given up for sure is looked for as long as it may still open', async () => {
    const service = fakeService(since(7_900, {}), true);
    service.engine.abandon.mockRejectedValue(new Error('14 UNAVAILABLE'));
    expect((await start(service)).outcome).toMatchObject({ status: 'Pending' });
    const silent = fakeService(() => undefined, true);
    silent.engine.abandon.mockRejectedValue(new Error('14 UNAVAILABLE'));
    const { outcome, ms } = await start(silent);
    expect(outcome).toMatchObject(unavailable);
    expect(ms).toBeLessThan(10_200);
  });

  test('while no worker takes up verifications is 503000000 at once, and never reaches the engine', async () => {
    const service = fakeService(() => ({}));
    const { outcome, ms } = await start(service, {}, true);
    expect(outcome).toMatchObject(unavailable);
    expect(ms).toBeLessThan(100);
    expect(service.engine.start).not.toHaveBeenCalled();
  });

  test('with bad fields is told of them even then', async () => {
    const { outcome } = await start(
      fakeService(() => undefined),
      { digits: 3 },
      true,
    );
    expect(outcome).toMatchObject({ errorName: 'invalidData', properties: { digits: expect.any(String) } });
  });
});

test('what the engine is given holds no code, a fresh seed and trackingId each time, and times counted from arrival', async () => {
  const service = fakeService(() => ({}));
  await start(service, { lifetimeInSeconds: 60, digits: 10 });
  await start(service);
  const [one, other] = service.engine.start.mock.calls.map(([input]) => input);
  expect(one?.expiresAt).toBe((one?.receivedAt ?? 0) + 60_000);
  for (const name of ['trackingId', 'seed', 'rightAnswerHash'] as const) expect(one?.[name]).not.toBe(other?.[name]);
  expect(Object.keys(one ?? {})).not.toContain('code');
});
