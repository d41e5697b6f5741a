// Counting by name within a window: so many are let through, and so many names are remembered.
import { expect, test } from 'vitest';
import { createRecentCounts } from '../../domain/recent-counts.ts';

test('so many of a name pass within a window, and each name has its own count', () => {
  const counts = createRecentCounts(2, 1_000);
  const passed = [0, 1, 999, 1_000, 1_001, 1_002].map((now) => counts.admit('a', now));
  expect(passed).toEqual([true, true, false, true, true, false]);
  expect(counts.admit('b', 1_002)).toBe(true);
});

test('the oldest names make room', () => {
  const counts = createRecentCounts(1, 1_000, 3);
  for (const name of ['a', 'b', 'c', 'd']) expect(counts.admit(name, 0)).toBe(true);
  expect(counts.admit('d', 0)).toBe(false);
  expect(counts.admit('a', 0)).toBe(true);
});
