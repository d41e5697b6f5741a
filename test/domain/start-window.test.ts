// The window of a start: what the api gives up, the workflow must not send, and the other way round.
import { expect, test } from 'vitest';
import { ABANDONED_LOOK_MS, openedInTime, START_WINDOW_MS } from '../../domain/start-window.ts';

test('a start is in time up to 8 s after it was received, and not a millisecond longer', () => {
  expect([START_WINDOW_MS, ABANDONED_LOOK_MS]).toEqual([8_000, 2_000]);
  expect(openedInTime(1_000, 1_000)).toBe(true);
  expect(openedInTime(1_000, 9_000)).toBe(true);
  expect(openedInTime(1_000, 9_001)).toBe(false);
});

test('a clock of the database writer that runs behind the api does not make a start late', () => {
  expect(openedInTime(1_000, 900)).toBe(true);
});
