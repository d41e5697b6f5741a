// What carriers may be called, and when one counts as cut off.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CUT_OFF_AFTER_MS,
  isCutOff,
  nameProblem,
  type SeenConnections,
  seenConnections,
} from '../../domain/carrier.ts';

test.each(['a', 'second', 'operator-a', 'smpp2', `a${'b'.repeat(31)}`])('%s is a name', (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

test.each(['', 'A', '2nd', '-a', 'a_b', 'a b', 'a:b', 'a/b', 'é', 'a\n', `a${'b'.repeat(32)}`])(
  '%j is none',
  (name) => {
    expect(nameProblem(name)).toMatch(/lower case/);
  },
);

test('the built-in sandbox keeps its name for itself', () => {
  expect(nameProblem('sandbox')).toContain('SANDBOX');
});

test('no name needs care in a path, a task queue or the id of a document', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (name) => {
      if (nameProblem(name) === undefined) expect(encodeURIComponent(name)).toBe(name);
    }),
  );
});

const at = (ms: number) => new Date(1_000_000 + ms);
const none = { wanted: 2, bound: 0, reason: 'refused' };

test('a carrier is cut off once it had no connection at any look for ten seconds', () => {
  const first = seenConnections(none, undefined, at(0));
  const later = seenConnections({ ...none, reason: 'unreachable' }, first, at(9_999));
  expect(later).toEqual({ wanted: 2, bound: 0, reason: 'unreachable', noneSince: at(0) });
  expect([isCutOff(later, at(9_999)), isCutOff(later, at(10_000))]).toEqual([false, true]);
});

test.each([
  ['one is bound', { wanted: 2, bound: 1 }],
  ['none is wanted', { wanted: 0, bound: 0 }],
  ['it holds none by its nature', undefined],
])('and it is not where %s', (_why, now) => {
  const seen = seenConnections(now, { ...none, noneSince: at(0) }, at(60_000));
  expect(seen).toEqual(now);
  expect(isCutOff(seen, at(60_000))).toBe(false);
});

test('it is cut off exactly where every look of the last ten seconds found no connection', () => {
  const looks = fc.array(fc.tuple(fc.integer({ min: 1, max: 6_000 }), fc.boolean()), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(looks, (story) => {
      let [now, since]: [number, number | undefined] = [0, undefined];
      let seen: SeenConnections | undefined;
      for (const [pause, bound] of story) {
        now += pause;
        since = bound ? undefined : (since ?? now);
        seen = seenConnections({ wanted: 1, bound: Number(bound) }, seen, at(now));
        expect(isCutOff(seen, at(now))).toBe(since !== undefined && now - since >= CUT_OFF_AFTER_MS);
      }
    }),
  );
});
