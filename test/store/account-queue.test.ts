// The queue per account: one job of a key at a time, in order, whatever becomes of the one before.
import { expect, test } from 'vitest';
import { createKeyedQueue } from '../../store/account-queue.ts';

/** A job that ends when told to. */
function held() {
  let release = () => {};
  const done = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { done, release };
}

test('jobs of one account run one after the other in the order they came, those of another beside them', async () => {
  const queued = createKeyedQueue();
  const story: string[] = [];
  const [first, second] = [held(), held()];
  const job =
    (name: string, gate = Promise.resolve()) =>
    async () => {
      story.push(`${name} begins`);
      await gate;
      story.push(`${name} ends`);
      return name;
    };
  const a = queued('A', job('a1', first.done));
  const later = [queued('A', job('a2', second.done)), queued('A', job('a3'))];
  expect(await queued('B', job('b1'))).toBe('b1');
  expect(story).toEqual(['a1 begins', 'b1 begins', 'b1 ends']);
  first.release();
  expect(await a).toBe('a1');
  second.release();
  expect(await Promise.all(later)).toEqual(['a2', 'a3']);
  expect(story.slice(3)).toEqual(['a1 ends', 'a2 begins', 'a2 ends', 'a3 begins', 'a3 ends']);
});

test('a job that fails is told to its caller and holds up nobody', async () => {
  const queued = createKeyedQueue();
  const failed = queued('A', async () => {
    throw new Error('no');
  });
  const next = queued('A', async () => 'next');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('next');
});
