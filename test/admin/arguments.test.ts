// Command lines of operators: words, flags, amounts below zero.
import { userInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { actorOf, readArguments } from '../../admin/arguments.ts';

const known = { as: 'value', apply: 'alone' } as const;

describe('a command line', () => {
  test('is words and flags, in any order', () => {
    expect(readArguments(['a', '--as', 'Zoe', 'b', '--apply'], known)).toEqual({
      words: ['a', 'b'],
      flags: { as: 'Zoe', apply: '' },
    });
  });

  test('may hold a negative amount', () => {
    expect(readArguments(['adjust', 'demo', '-5.50', 'a reference'])?.words).toEqual([
      'adjust',
      'demo',
      '-5.50',
      'a reference',
    ]);
  });

  test.each([[['--unknown']], [['--as']], [['--as', '--apply']], [['--apply', '--apply']], [['--toString']]])(
    '%j is not understood',
    (given) => {
      expect(readArguments(given, known)).toBeUndefined();
    },
  );
});

test('who acts is whoever is named, else the user who is logged in, else nobody may act', () => {
  expect(actorOf({ as: 'Zoe' }, { USER: 'ann' })).toBe('Zoe');
  const nobody = () => undefined;
  expect(actorOf({}, { USER: 'ann' }, nobody)).toBe('ann');
  expect(actorOf({}, {}, () => 'node')).toBe('node');
  expect(actorOf({}, {})).toBe(userInfo().username);
  expect(() => actorOf({}, {}, nobody)).toThrow('Say who you are, for the audit trail: --as <name>');
});
