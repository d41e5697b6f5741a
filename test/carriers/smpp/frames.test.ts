// What comes on a connection, cut into PDUs, in whatever pieces the network brings it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrames, UnsoundLength } from '../../../carriers/smpp/frames.ts';

const pduOf = (body: Uint8Array) => {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(16 + body.length, 0);
  return Buffer.concat([head, body]);
};

test('PDUs come out as they went in, however they are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 60 })),
      fc.array(fc.integer({ min: 1, max: 40 })),
      (bodies, cuts) => {
        const frames = createFrames();
        let rest = Buffer.concat(bodies.map(pduOf));
        const seen: Buffer[] = [];
        for (let at = 0; rest.length > 0; at += 1) {
          const piece = rest.subarray(0, cuts[at % (cuts.length || 1)] ?? 7);
          rest = rest.subarray(piece.length);
          seen.push(...frames.whole(piece));
        }
        expect(seen).toEqual(bodies.map(pduOf));
        expect(frames.waiting()).toBe(false);
      },
    ),
  );
});

test('those before an unsound length come out first', () => {
  const frames = createFrames();
  const seen: Buffer[] = [];
  const read = () => {
    for (const frame of frames.whole(Buffer.concat([pduOf(Buffer.from('a')), Buffer.alloc(16)]))) seen.push(frame);
  };
  expect(read).toThrow(new UnsoundLength(0));
  expect(seen).toEqual([pduOf(Buffer.from('a'))]);
});

test('100,000 PDUs in one piece, and the longest one octet at a time, cost no more than their length', () => {
  const frames = createFrames();
  const began = performance.now();
  const small = Buffer.concat(Array.from({ length: 100_000 }, () => pduOf(Buffer.alloc(0))));
  expect([...frames.whole(small)]).toHaveLength(100_000);
  const long = pduOf(Buffer.alloc(69_984));
  const seen = Array.from(long, (octet) => [...frames.whole(Buffer.from([octet]))]).flat();
  expect(seen).toEqual([long]);
  // Quadratic, each would take minutes.
  expect(performance.now() - began).toBeLessThan(10_000);
});
