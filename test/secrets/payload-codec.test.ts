// The payload codec: histories in ciphertext, opened by any key of the ring.
import type { Payload } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { createPayloadCodec } from '../../secrets/payload-codec.ts';
import { fixedRing } from '../support/key-rings.ts';

const codec = createPayloadCodec(fixedRing('k1'));
const values = [{ recipient: '+306948530920', n: 1 }, 'text', null, undefined, new Uint8Array([0, 255]), ''];
const plain = () => values.map((value) => defaultPayloadConverter.toPayload(value) as Payload);
const bytes = (payload: Payload) => ({
  metadata: Object.fromEntries(Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, [...value]])),
  data: [...(payload.data ?? [])],
});

describe('the codec', () => {
  test('gives back what it was given, values of every kind, metadata included', async () => {
    const sealed = await codec.encode(plain());
    expect((await codec.decode(sealed)).map(bytes)).toEqual(plain().map(bytes));
  });

  test('shows the key id and nothing else', async () => {
    for (const payload of await codec.encode(plain())) {
      const { encoding, 'encryption-key-id': keyId, ...rest } = payload.metadata ?? {};
      expect([Buffer.from(encoding ?? []).toString(), Buffer.from(keyId ?? []).toString(), rest]).toEqual([
        'binary/encrypted',
        'k1',
        {},
      ]);
      expect(Buffer.from(payload.data ?? []).includes('6948530920')).toBe(false);
    }
  });

  test('opens what an older key sealed, and seals with the newest', async () => {
    const rotated = createPayloadCodec(fixedRing('k2', 'k1'));
    expect((await rotated.decode(await codec.encode(plain()))).map(bytes)).toEqual(plain().map(bytes));
    const [first] = await rotated.encode(plain());
    expect(Buffer.from(first?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('k2');
  });

  test('hands on what was never sealed', async () => {
    const mixed = [...plain(), { metadata: {}, data: Buffer.from('x') }, {}];
    expect(await codec.decode(mixed)).toEqual(mixed);
  });

  test('refuses what a key outside the ring sealed, without naming a secret', async () => {
    const sealed = await codec.encode(plain());
    const stranger = createPayloadCodec(fixedRing('k2'));
    await expect(stranger.decode(sealed)).rejects.toThrow('under a key that is not in the key ring');
  });

  test('refuses what was changed', async () => {
    const [sealed] = await codec.encode(plain());
    const data = Buffer.from(sealed?.data ?? []);
    data[40] = (data[40] ?? 0) ^ 1;
    await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow();
  });
});
