// The idempotency key of a send: what it says is read back, and no other text is taken for one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSendKey, sendKey } from '../../domain/delivery.ts';

const trackingId = '0b5dd18e-9a52-4c0e-8a9f-3a1f52b3a6c1';

describe('a send key', () => {
  test('is read back as the send and step it was made for', () => {
    const places = fc.record({
      trackingId: fc.uuid(),
      n: fc.integer({ min: 1, max: 9_999 }),
      step: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(places, (place) => {
        expect(readSendKey(sendKey(place.trackingId, place.n, place.step))).toEqual(place);
      }),
    );
  });

  test('is the only text that is read as its send', () => {
    const alphabet = fc.constantFrom(...'0123456789.:- sendA', trackingId, ':send:');
    const texts = fc.string({ unit: alphabet, maxLength: 60 });
    fc.assert(
      fc.property(texts, (text) => {
        const place = readSendKey(text);
        expect(place && sendKey(place.trackingId, place.n, place.step)).toBe(place && text);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    '',
    trackingId,
    `${trackingId}:send:`,
    `${trackingId}:send:0`,
    `${trackingId}:send:01`,
    `${trackingId}:send:1.`,
    `${trackingId}:send:1.0`,
    `${trackingId}:send:1.1`,
    `${trackingId}:send:1.02`,
    `${trackingId}:send:1.100`,
    `${trackingId}:send:10000`,
    `${trackingId}:send:1e3`,
    `${trackingId}:send:1\n`,
    ` ${trackingId}:send:1`,
    `${trackingId}:reserve:1`,
    `${trackingId.toUpperCase()}:send:1`,
    'tracking:send:1',
  ])('is not %j', (text) => expect(readSendKey(text)).toBeUndefined());
});
