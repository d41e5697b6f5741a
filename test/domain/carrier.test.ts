// What carriers may be called.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameProblem } from '../../domain/carrier.ts';

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
