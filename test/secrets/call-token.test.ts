// Calls sealed into URLs: they come back whole, to their carrier alone.
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCall, sealCall } from '../../secrets/call-token.ts';
import { seal } from '../../secrets/cipher.ts';
import { fixedRing } from '../support/key-rings.ts';

const ring = fixedRing('k1');
const text = { speech: { text: 'Your code: 4, 8, 2', language: 'en' } };

test('any call comes back as it was sealed, from a text that needs no escaping in a path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 1_000 }), (words) => {
      const token = sealCall(ring, 'acme', { words });
      expect(token).toMatch(/^[\w.-]+$/);
      expect(openCall(ring, 'acme', token)).toEqual({ words });
    }),
  );
});

test('the token of a usual text is short, and shows nothing of it', () => {
  const token = sealCall(ring, 'acme', text);
  expect(token.length).toBeLessThan(200);
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('code');
});

test('one changed character, another carrier and a key nobody has open nothing', () => {
  const token = sealCall(ring, 'acme', text);
  const last = token.length - 5;
  const changed = `${token.slice(0, last)}${token[last] === 'A' ? 'B' : 'A'}${token.slice(last + 1)}`;
  for (const other of [changed, `nobody${token.slice(token.indexOf('.'))}`, '', '.', 'a.b.c', 'x'.repeat(10_000)]) {
    expect(openCall(ring, 'acme', other)).toBeUndefined();
  }
  expect(openCall(ring, 'other', token)).toBeUndefined();
});

test('what would unpack without end is not unpacked', () => {
  const { id, codec } = ring.maker;
  const bomb = seal(codec, deflateRawSync(Buffer.from(JSON.stringify('a'.repeat(1_000_000)))), 'call:acme');
  expect(openCall(ring, 'acme', `${id}.${bomb.toString('base64url')}`)).toBeUndefined();
});
