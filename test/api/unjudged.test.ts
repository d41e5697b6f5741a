// Which commands are handed to a verification: those that can still change anything.
import { expect, test } from 'vitest';
import { createUnjudged } from '../../api/unjudged.ts';
import type { VerificationDocument } from '../../store/documents.ts';

const open = (changes: Partial<VerificationDocument> = {}) =>
  ({ _id: 'a', status: 'Pending', verdicts: {}, timesTried: 0, maxRetries: 1, ...changes }) as VerificationDocument;

test('an attempt that was handed over is not handed over again, whatever it is', () => {
  const unjudged = createUnjudged();
  for (const kind of ['answer', 'cancellation', 'resend'] as const) {
    const one = open({ _id: kind });
    expect(unjudged.suffices(one, kind, 'x')).toBe(false);
    unjudged.handedOver(kind, kind, 'x');
    expect(unjudged.suffices(one, kind, 'x')).toBe(true);
  }
});

test('answers beyond the tries that are left lie behind those that use them up', () => {
  const unjudged = createUnjudged();
  unjudged.handedOver('a', 'answer', '1');
  expect(unjudged.suffices(open(), 'answer', '2')).toBe(false);
  unjudged.handedOver('a', 'answer', '2');
  expect(unjudged.suffices(open(), 'answer', '3')).toBe(true);
  expect(unjudged.suffices(open(), 'cancellation', '3')).toBe(true);
  expect(unjudged.suffices(open(), 'resend', '3')).toBe(true);
  expect(unjudged.suffices(open({ maxRetries: 2 }), 'answer', '3')).toBe(false);
  expect(unjudged.suffices(open({ _id: 'b' }), 'answer', '3')).toBe(false);
});

test('a judged answer frees no more than the projection counts', () => {
  const unjudged = createUnjudged();
  unjudged.handedOver('a', 'answer', '1');
  const once = open({ timesTried: 1, verdicts: { 1: { verdict: 'wrongAnswer', remaining: 1 } } });
  expect(unjudged.suffices(once, 'answer', '2')).toBe(false);
  unjudged.handedOver('a', 'answer', '2');
  expect(unjudged.suffices(once, 'answer', '3')).toBe(true);
});

test('behind a cancellation nothing is handed over, behind a resend no other resend', () => {
  const unjudged = createUnjudged();
  unjudged.handedOver('a', 'cancellation', '1');
  for (const kind of ['answer', 'cancellation', 'resend'] as const)
    expect(unjudged.suffices(open(), kind, '2')).toBe(true);
  unjudged.handedOver('b', 'resend', '1');
  const other = open({ _id: 'b' });
  expect(unjudged.suffices(other, 'resend', '2')).toBe(true);
  expect(unjudged.suffices(other, 'answer', '2')).toBe(false);
  const judged = open({ _id: 'b', verdicts: { 1: { verdict: 'insufficientBalance', remaining: 2 } } });
  expect(unjudged.suffices(judged, 'resend', '2')).toBe(false);
});

test('what nobody judged within ten minutes goes out again, and 20,000 verifications are remembered at most', () => {
  let now = 0;
  const unjudged = createUnjudged(() => now);
  unjudged.handedOver('a', 'cancellation', '1');
  now = 600_000;
  expect(unjudged.suffices(open(), 'answer', '2')).toBe(true);
  now = 600_001;
  expect(unjudged.suffices(open(), 'answer', '2')).toBe(false);
  unjudged.handedOver('a', 'cancellation', '1');
  for (let n = 0; n < 20_000; n += 1) unjudged.handedOver(`${n}`, 'cancellation', '1');
  expect(unjudged.suffices(open(), 'answer', '2')).toBe(false);
});
