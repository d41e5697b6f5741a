// Sentences about fields whose schemas have none of their own: what to do, and never what was given.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldProblem } from '../../domain/field-problem.ts';

const whole = z.strictObject({
  text: z.string(),
  number: z.int().min(1).max(5).optional(),
  yes: z.boolean().optional(),
  word: z.enum(['x', 'y', 'z']).optional(),
  one: z.literal('x').optional(),
  short: z.string().min(1).max(3).optional(),
  long: z.string().min(32).optional(),
  list: z.array(z.string()).min(1).optional(),
  names: z.record(z.string().regex(/^0x/, 'must be hexadecimal'), z.string()).optional(),
  link: z.url().optional(),
  below: z.strictObject({}).optional(),
});

test.each([
  [{}, 'text', 'is missing'],
  [{ text: 7 }, 'text', 'must be a text'],
  [{ text: '', number: 's3cr3t' }, 'number', 'must be a number'],
  [{ text: '', number: 1.5 }, 'number', 'must be a whole number'],
  [{ text: '', number: 0 }, 'number', 'must be at least 1'],
  [{ text: '', number: 6 }, 'number', 'must be at most 5'],
  [{ text: '', yes: 's3cr3t' }, 'yes', 'must be true or false'],
  [{ text: '', word: 's3cr3t' }, 'word', 'must be x, y or z'],
  [{ text: '', one: 's3cr3t' }, 'one', 'must be x'],
  [{ text: '', short: '' }, 'short', 'must not be empty'],
  [{ text: '', short: 's3cr3t' }, 'short', 'must have at most 3 characters'],
  [{ text: '', long: 's3cr3t' }, 'long', 'must have at least 32 characters'],
  [{ text: '', list: 's3cr3t' }, 'list', 'must be a list'],
  [{ text: '', list: [] }, 'list', 'must have at least 1 of them'],
  [{ text: '', names: { 401: '' } }, 'names.401', 'its name must be hexadecimal'],
  [{ text: '', link: 's3cr3t' }, 'link', 'must be a URL'],
  [{ text: '', below: 's3cr3t' }, 'below', 'must be an object'],
  [{ text: '', below: { a: 's3cr3t', b: 1 } }, 'below', 'has what is unknown: a, b'],
])('of %j', (given, field, sentence) => {
  const issues = whole.safeParse(given, { error: fieldProblem }).error?.issues;
  expect(issues?.map(({ path, message }) => [path.join('.'), message])).toEqual([[field, sentence]]);
});

test('a sentence of the schema itself stands', () => {
  const own = z.string('must be a name');
  expect(own.safeParse(7, { error: fieldProblem }).error?.issues[0]?.message).toBe('must be a name');
});
