// A report takes every instant of its period once: from hourly totals where whole hours are totalled, else by counting.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportParts, type Span } from '../../domain/report-period.ts';
import { HOUR_MS } from '../../domain/retention.ts';

const holds = ({ from, to }: Span, at: number) => at >= from && at < to;
const instant = fc.integer({ min: 0, max: 12 * HOUR_MS });

test('every instant of the period is in exactly one part, and none outside it is in any', () => {
  fc.assert(
    fc.property(instant, instant, fc.integer({ min: 0, max: 12 }), instant, (from, to, hours, at) => {
      const { totalled, counted } = reportParts({ from, to }, hours * HOUR_MS);
      const parts = [totalled, ...counted].filter((part) => holds(part, at));
      expect(parts).toHaveLength(holds({ from, to }, at) ? 1 : 0);
    }),
    { numRuns: 2_000 },
  );
});

test('only whole hours that are totalled are taken from the totals', () => {
  fc.assert(
    fc.property(instant, instant, fc.integer({ min: 0, max: 12 }), (from, to, hours) => {
      const { totalled } = reportParts({ from, to }, hours * HOUR_MS);
      expect([totalled.from % HOUR_MS, totalled.to % HOUR_MS]).toEqual([0, 0]);
      expect(totalled.to).toBeLessThanOrEqual(hours * HOUR_MS);
    }),
  );
});

test.each<[string, Span, Span, Span[]]>([
  ['within one hour', { from: 10, to: 20 }, { from: 0, to: 0 }, [{ from: 10, to: 20 }]],
  ['of whole hours', { from: HOUR_MS, to: 3 * HOUR_MS }, { from: HOUR_MS, to: 3 * HOUR_MS }, []],
  [
    'cut at both ends',
    { from: 10, to: 2 * HOUR_MS + 5 },
    { from: HOUR_MS, to: 2 * HOUR_MS },
    [
      { from: 10, to: HOUR_MS },
      { from: 2 * HOUR_MS, to: 2 * HOUR_MS + 5 },
    ],
  ],
  [
    'beyond the totals',
    { from: 9 * HOUR_MS, to: 9.5 * HOUR_MS },
    { from: 0, to: 0 },
    [{ from: 9 * HOUR_MS, to: 9.5 * HOUR_MS }],
  ],
])('a period %s', (_, period, totalled, counted) => {
  const parts = reportParts(period, 8 * HOUR_MS);
  expect(parts.counted).toEqual(counted);
  if (totalled.to > 0) expect(parts.totalled).toEqual(totalled);
  else expect(parts.totalled.to - parts.totalled.from).toBe(0);
});
