// The payload codec: histories in ciphertext, sealed for one workflow, opened by any key of the ring.
import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { createPayloadCodec, NotSealedError, showPayload } from '../../secrets/payload-codec.ts';
import { fixedRing } from '../support/key-rings.ts';

const ring = fixedRing('k1');
const codec = createPayloadCodec(ring);
const lenient = createPayloadCodec(ring, 'null');
const context = { type: 'workflow', namespace: 'twostep', workflowId: 'w-1' } as const;
const activity = { type: 'activity', namespace: 'twostep', workflowId: 'w-1', isLocal: true } as const;
const values = [{ recipient: '+306948530920', n: 1 }, 'text', null, undefined, new Uint8Array([0, 255]), ''];
const plain = () => values.map((value) => defaultPayloadConverter.toPayload(value) as Payload);
const bytes = (payload: Payload) => ({
  metadata: Object.fromEntries(Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, [...value]])),
  data: [...(payload.data ?? [])],
});
const sealedFor = async (owner: SerializationContext) => (await codec.encode(plain(), owner))[0] as Payload;

describe('the codec', () => {
  test('gives back what it was given, values of every kind, metadata included', async () => {
    const sealed = await codec.encode(plain(), context);
    expect((await codec.decode(sealed, context)).map(bytes)).toEqual(plain().map(bytes));
    expect(sealed.map((payload) => bytes(showPayload(ring, payload)))).toEqual(plain().map(bytes));
  });

  test('shows the key id, namespace and workflow id, and nothing else', async () => {
    for (const payload of await codec.encode(plain(), context)) {
      const shown = Object.entries(payload.metadata ?? {}).map(([name, value]) => [
        name,
        Buffer.from(value).toString(),
      ]);
      expect(Object.fromEntries(shown)).toEqual({
        encoding: 'binary/encrypted',
        'encryption-key-id': 'k1',
        'sealed-for': '["twostep","w-1"]',
      });
      expect(Buffer.from(payload.data ?? []).includes('6948530920')).toBe(false);
    }
  });

  test('opens what an older key sealed, and seals with the newest', async () => {
    const rotated = createPayloadCodec(fixedRing('k2', 'k1'));
    const sealed = await codec.encode(plain(), context);
    expect((await rotated.decode(sealed, context)).map(bytes)).toEqual(plain().map(bytes));
    const [first] = await rotated.encode(plain(), context);
    expect(Buffer.from(first?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('k2');
  });

  test.each<[string, SerializationContext | undefined]>([
    ['no context', undefined],
    ['an activity of no workflow', { type: 'activity', namespace: 'twostep', isLocal: false }],
  ])('seals for people alone what has %s', async (_, owner) => {
    // The SDK does so with the reason a workflow task failed; an error would end the worker.
    const [sealed = {}] = await codec.encode(plain(), owner);
    expect(bytes(showPayload(ring, sealed))).toEqual(bytes(plain()[0] as Payload));
    await expect(codec.decode([sealed], context)).rejects.toThrow(NotSealedError);
  });
});

type Forgery = () => Payload | Promise<Payload>;
const changed = async (change: (payload: Payload) => Payload) => change(await sealedFor(context));
const relabelled = (payload: Payload, name: string, value: string): Payload => ({
  ...payload,
  metadata: { ...payload.metadata, [name]: Buffer.from(value) },
});
const forgeries: readonly (readonly [string, Forgery])[] = [
  ['JSON in clear', () => defaultPayloadConverter.toPayload({ recipient: '+1' })],
  ['null in clear', () => defaultPayloadConverter.toPayload(null)],
  ['undefined in clear', () => defaultPayloadConverter.toPayload(undefined)],
  ['bytes in clear', () => defaultPayloadConverter.toPayload(new Uint8Array([1]))],
  ['an empty payload', () => ({})],
  ['no metadata', () => ({ data: Buffer.from('x') })],
  ['ciphertext labelled as clear', () => changed((payload) => relabelled(payload, 'encoding', 'json/plain'))],
  ['clear labelled as ciphertext', () => changed((payload) => ({ ...payload, data: Buffer.from('{"a":1}') }))],
  ['ciphertext without data', () => changed(({ metadata }) => ({ ...(metadata && { metadata }) }))],
  ['a bit changed', () => changed((payload) => ({ ...payload, data: flipped(payload.data) }))],
  ['sealed for another workflow', () => sealedFor({ ...context, workflowId: 'w-2' })],
  ['sealed for the same id in another namespace', () => sealedFor({ ...context, namespace: 'other' })],
  [
    'sealed for another workflow, and relabelled',
    async () => relabelled(await sealedFor({ ...context, workflowId: 'w-2' }), 'sealed-for', '["twostep","w-1"]'),
  ],
  [
    'sealed for nobody',
    () => changed(({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata, 'sealed-for': new Uint8Array() } })),
  ],
];

function flipped(data: Uint8Array | null | undefined): Buffer {
  const copy = Buffer.from(data ?? []);
  copy[40] = (copy[40] ?? 0) ^ 1;
  return copy;
}

describe('a payload that was not sealed for its workflow', () => {
  test.each(forgeries)('is refused: %s', async (_, forge) => {
    const forged = await forge();
    await expect(codec.decode([forged], context)).rejects.toThrow(NotSealedError);
    await expect(codec.decode([forged], activity)).rejects.toThrow(NotSealedError);
  });

  test.each(forgeries)('is null to the workflow that gets it: %s', async (_, forge) => {
    const genuine = await sealedFor(context);
    for (const owner of [context, activity]) {
      const decoded = await lenient.decode([await forge(), genuine], owner);
      expect(decoded.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual([null, values[0]]);
    }
  });
});

test('a key outside the ring stops whoever meets it, and no secret is named: another worker may have the key', async () => {
  const sealed = await codec.encode(plain(), context);
  const stranger = fixedRing('k2');
  for (const refused of ['error', 'null'] as const) {
    const decoding = createPayloadCodec(stranger, refused).decode(sealed, context);
    await expect(decoding).rejects.toThrow('under a key that is not in the key ring');
  }
});

test('people are shown what is sealed for any workflow, what is in clear as it is, and nothing of what was changed', async () => {
  const other = await sealedFor({ ...context, workflowId: 'w-2' });
  expect(bytes(showPayload(ring, other))).toEqual(bytes(plain()[0] as Payload));
  for (const payload of plain()) expect(showPayload(ring, payload)).toEqual(payload);
  const spoilt = relabelled(other, 'sealed-for', '["twostep","w-1"]');
  expect(() => showPayload(ring, spoilt)).toThrow(NotSealedError);
});
