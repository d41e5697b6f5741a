// A command and its verdict: read from the projection, also when the workflow closed meanwhile; else 503 in time.
import { describe, expect, test, vi } from 'vitest';
import { createCommands } from '../../api/command.ts';
import type { SignalResult } from '../../api/engine.ts';
import { createOutcomeWatcher } from '../../api/outcomes.ts';
import type { Database } from '../../store/database.ts';
import type { VerificationDocument } from '../../store/documents.ts';

const now = new Date();
const projection = (changes: Partial<VerificationDocument>) =>
  ({ _id: 'a', status: 'Pending', verdicts: {}, expiresAt: now, updatedAt: now, ...changes }) as VerificationDocument;

/** Sends attempt `mine`, received so long ago, while the projection reads thus. */
function command(result: SignalResult, kept: VerificationDocument, agoMs = 0) {
  const asRead = projection({});
  const database = { verifications: { findOne: async () => kept } } as unknown as Database;
  const outcomes = createOutcomeWatcher(async () => [kept]);
  const mine = { kind: 'answer', attemptId: 'mine', receivedAt: Date.now() - agoMs } as const;
  return createCommands({ database, outcomes })(asRead, mine, async () => result);
}

const MINE = { kind: 'answer', attemptId: 'mine', receivedAt: 0 } as const;
const judged = { mine: { verdict: 'wrongAnswer', remaining: 2 } } as const;

describe.each(['delivered', 'closed'] as const)('a command that was %s', (result) => {
  test('is told its own verdict with the body of the same instant', async () => {
    const outcome = await command(result, projection({ verdicts: judged, status: 'Verified', timesTried: 2 }));
    expect(outcome).toMatchObject({ ...judged.mine, body: { trackingId: 'a', status: 'Verified', timesTried: 2 } });
  });

  test('is told of the ending that came before it', async () => {
    expect(await command(result, projection({ status: 'Expired' }))).toMatchObject({
      verdict: 'expired',
      remaining: 0,
    });
    expect(await command(result, projection({ status: 'Cancelled' }))).toMatchObject({ verdict: 'notPending' });
  });

  test('is 503000000 with Retry-After when nothing is told within 5 s of its arrival', async () => {
    const from = Date.now();
    const other = projection({ verdicts: { other: { verdict: 'wrongAnswer', remaining: 2 } } });
    await expect(command(result, other, 4_900)).rejects.toMatchObject({
      errorName: 'unavailable',
      retryAfterSeconds: expect.any(Number),
    });
    // 100 ms are left of the 5 s; not all of them anew.
    expect(Date.now() - from).toBeLessThan(4_000);
  });
});

test('a command whose verdict can be read already is not sent again', async () => {
  const send = vi.fn();
  const asRead = projection({ verdicts: judged });
  const outcomes = { waitFor: vi.fn() };
  const outcome = await createCommands({ database: {} as Database, outcomes })(asRead, MINE, send);
  expect(outcome).toMatchObject(judged.mine);
  expect(send).not.toHaveBeenCalled();
});

test('a command that could not be sent is not waited for', async () => {
  const waitFor = vi.fn();
  const commands = createCommands({ database: {} as Database, outcomes: { waitFor } });
  const sent = commands(projection({}), { ...MINE, receivedAt: Date.now() }, async () => {
    throw new Error('away');
  });
  await expect(sent).rejects.toThrow('away');
  expect(waitFor).not.toHaveBeenCalled();
});

test('a command that Temporal took no more is told as decided, once the projection shows no verdict of its own', async () => {
  expect(await command('full', projection({}))).toMatchObject({ verdict: 'notPending', remaining: 0 });
  expect(await command('full', projection({ status: 'Expired' }))).toMatchObject({ verdict: 'expired' });
  expect(await command('full', projection({ verdicts: judged }))).toMatchObject(judged.mine);
});

test('of a thousand commands at once no more are delivered than can change anything, and all are told the verdict', async () => {
  for (const [kind, most] of [
    ['answer', 4],
    ['cancellation', 1],
    ['resend', 1],
  ] as const) {
    let delivered = 0;
    const asRead = projection({ maxRetries: 3, timesTried: 0 });
    const outcomes = createOutcomeWatcher(async () => [projection({ status: 'Failed' })]);
    const commands = createCommands({ database: {} as Database, outcomes });
    const told = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) =>
        commands(asRead, { kind, attemptId: `${n}`, receivedAt: Date.now() }, async () => {
          delivered += 1;
          return 'delivered';
        }),
      ),
    );
    expect([kind, delivered]).toEqual([kind, most]);
    expect(new Set(told.map(({ verdict }) => verdict))).toEqual(new Set(['notPending']));
  }
});
