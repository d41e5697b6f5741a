// The fingerprint of a body: the same for the same JSON in whatever order, another for anything else.
import { expect, test } from 'vitest';
import { bodyHashes } from '../../secrets/idempotency.ts';
import { fixedRing } from '../support/key-rings.ts';

const ring = fixedRing('k1');
const print = (body: string) => bodyHashes(ring, JSON.parse(body));

test.each([
  ['{"a": 1, "b": 2}', '{"b": 2, "a": 1}'],
  ['{"x": {"a": "1", "b": "2"}}', '{"x": {"b": "2", "a": "1"}}'],
  ['{"x": [{"a": {"c": 1, "d": 2}, "b": 0}]}', '{"x": [{"b": 0, "a": {"d": 2, "c": 1}}]}'],
  ['{"__proto__": 1, "a": {"constructor": 1, "b": 2}}', '{"a": {"b": 2, "constructor": 1}, "__proto__": 1}'],
  ['{"10": 1, "9": 2, "a": 3}', '{"a": 3, "9": 2, "10": 1}'],
  ['{"é": 1, "e": 2, "": 3}', '{"": 3, "e": 2, "é": 1}'],
])('%s has that of %s', (one, other) => {
  expect(print(one)).toEqual(print(other));
});

test.each([
  ['{"a": 1, "b": 2}', '{"a": 2, "b": 1}'],
  ['{"a": [1, 2]}', '{"a": [2, 1]}'],
  ['{"x": {"a": "1"}, "y": {}}', '{"x": {}, "y": {"a": "1"}}'],
  ['{"a": "1"}', '{"a": 1}'],
  ['{"a": null}', '{}'],
  ['{"__proto__": 1}', '{}'],
])('%s has another than %s', (one, other) => {
  expect(print(one)).not.toEqual(print(other));
});
