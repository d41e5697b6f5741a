// Waiting for outcomes: one look-up loop for everybody, each waiter answered once, at its deadline at the latest.
import { describe, expect, test, vi } from 'vitest';
import { createOutcomeWatcher } from '../../api/outcomes.ts';
import type { VerificationDocument } from '../../store/documents.ts';

const projection = (id: string, timesTried: number) => ({ _id: id, timesTried }) as VerificationDocument;
const tried = (verification: VerificationDocument) => verification.timesTried || undefined;
const soon = () => Date.now() + 5_000;

/** A database whose look-ups are counted, with the given answers by id. */
function fakeProjections(answers: Record<string, VerificationDocument>) {
  const lookUp = vi.fn(async (ids: readonly string[]) =>
    ids.map((id) => answers[id]).filter((verification) => verification !== undefined),
  );
  return { lookUp, watcher: createOutcomeWatcher(lookUp) };
}

describe('the outcome watcher', () => {
  test('waits until what is read is there', async () => {
    const answers: Record<string, VerificationDocument> = {};
    const { lookUp, watcher } = fakeProjections(answers);
    const outcome = watcher.waitFor('a', tried, soon());
    await vi.waitFor(() => expect(lookUp.mock.calls.length).toBeGreaterThan(1));
    answers.a = projection('a', 0);
    const before = lookUp.mock.calls.length;
    await vi.waitFor(() => expect(lookUp.mock.calls.length).toBeGreaterThan(before));
    answers.a = projection('a', 2);
    expect(await outcome).toBe(2);
  });

  test('resolves with undefined at the deadline', async () => {
    const { watcher } = fakeProjections({});
    const from = Date.now();
    expect(await watcher.waitFor('a', tried, from + 60)).toBeUndefined();
    expect(Date.now() - from).toBeGreaterThanOrEqual(59);
  });

  test('asks once for all who wait, and never twice for the same verification', async () => {
    const ids = Array.from({ length: 50 }, (_, i) => `id${i % 25}`);
    const answers: Record<string, VerificationDocument> = {};
    const { lookUp, watcher } = fakeProjections(answers);
    const outcomes = Promise.all(ids.map((id) => watcher.waitFor(id, tried, soon())));
    await vi.waitFor(() => expect(lookUp.mock.calls.length).toBeGreaterThan(1));
    for (const [asked] of lookUp.mock.calls.slice(1)) expect([...asked].sort()).toEqual([...new Set(ids)].sort());
    for (const id of ids) answers[id] = projection(id, 1);
    expect(await outcomes).toEqual(ids.map(() => 1));
  });

  test('stops asking when nobody waits, and starts again for the next', async () => {
    const { lookUp, watcher } = fakeProjections({ a: projection('a', 1) });
    expect(await watcher.waitFor('a', tried, soon())).toBe(1);
    const asked = lookUp.mock.calls.length;
    // Another one that somebody waits for shows that there was time enough to ask.
    const other = fakeProjections({});
    void other.watcher.waitFor('a', tried, soon());
    await vi.waitFor(() => expect(other.lookUp.mock.calls.length).toBeGreaterThan(5));
    expect(lookUp.mock.calls.length).toBe(asked);
    expect(await watcher.waitFor('a', tried, soon())).toBe(1);
  });

  test('outlives a database that is away', async () => {
    const lookUp = vi.fn(async () => [projection('a', 1)]);
    lookUp.mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('away'));
    expect(await createOutcomeWatcher(lookUp).waitFor('a', tried, soon())).toBe(1);
    expect(lookUp).toHaveBeenCalledTimes(3);
  });

  test('hands what a reader throws to its own waiter and to no other', async () => {
    const { watcher } = fakeProjections({ a: projection('a', 1) });
    const refusing = watcher.waitFor(
      'a',
      () => {
        throw new Error('refused');
      },
      soon(),
    );
    const reading = watcher.waitFor('a', tried, soon());
    await expect(refusing).rejects.toThrow('refused');
    expect(await reading).toBe(1);
  });
});
