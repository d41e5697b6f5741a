// The fields of a submit_sm: addresses by kind, validity within the life, TLVs of a route.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smppSettings } from '../../../carriers/smpp/settings.ts';
import { absoluteTime, relativeTime, submitFields, unsendable } from '../../../carriers/smpp/submit.ts';
import { smppOptionsProblem } from '../../../carriers/smpp/tlvs.ts';
import { outgoing } from '../../support/smpp-carrier.ts';

const settings = (changes: object = {}) =>
  smppSettings.parse({ host: 'smsc.example', systemId: 'twostep', ...changes });
const part = { dataCoding: 0, esmClass: 0, shortMessage: Buffer.from('a') };
const fields = (originator: string, changes?: object) =>
  submitFields(outgoing({ originator }), part, settings(changes), 300);

describe('an originator', () => {
  test.each([
    ['Twostep', 5, 0, 'Twostep'],
    ['1 step', 5, 0, '1 step'],
    ['12345', 3, 0, '12345'],
    ['12345678', 3, 0, '12345678'],
    ['123456789', 1, 1, '123456789'],
    ['+306948530920', 1, 1, '306948530920'],
  ])('%s has TON %i and NPI %i', (originator, ton, npi, source_addr) => {
    expect(fields(originator)).toMatchObject({ source_addr_ton: ton, source_addr_npi: npi, source_addr });
  });

  test('has the TON and NPI its SMSC wants', () => {
    const source = { alphanumeric: { ton: 5, npi: 1 }, shortCode: { ton: 6 }, longNumber: { npi: 8 } };
    expect(fields('Twostep', { source })).toMatchObject({ source_addr_ton: 5, source_addr_npi: 1 });
    expect(fields('12345', { source })).toMatchObject({ source_addr_ton: 6, source_addr_npi: 0 });
    expect(fields('306948530920', { source })).toMatchObject({ source_addr_ton: 1, source_addr_npi: 8 });
  });
});

test.each([
  [{}, { esm_class: 0x40, priority_flag: 0, registered_delivery: 1, service_type: '' }],
  [{ esmClass: 3 }, { esm_class: 0x43 }],
  [{ priority: 3 }, { priority_flag: 3 }],
  [{ serviceType: 'OTP' }, { service_type: 'OTP' }],
  [{ registeredDelivery: 2 }, { registered_delivery: 2 }],
  [{ destination: { ton: 0, npi: 8 } }, { dest_addr_ton: 0, dest_addr_npi: 8 }],
])('by the settings %j a part with a header has the fields %j', (changes, expected) => {
  const withHeader = { ...part, esmClass: 0x40 };
  expect(submitFields(outgoing(), withHeader, settings(changes), 300)).toMatchObject(expected);
});

test('a part by TLVs says its reference, number and total', () => {
  const segment = { reference: 200, total: 3, number: 2 };
  expect(submitFields(outgoing(), { ...part, segment }, settings(), 300)).toMatchObject({
    sar_msg_ref_num: 200,
    sar_total_segments: 3,
    sar_segment_seqnum: 2,
  });
});

describe('validity', () => {
  const now = Date.UTC(2026, 11, 31, 23, 58, 30, 900);
  test.each([
    ['relative', 300, '000000000500000R'],
    ['absolute', 60, '261231235930000+'],
    ['absolute', 90.5, '270101000001000+'],
    ['absolute', 0.2, '261231235831000+'],
    ['none', 300, ''],
  ] as const)('%s, of %d seconds, is %s', (validity, seconds, expected) => {
    const { validity_period } = submitFields(outgoing(), part, settings({ validity }), seconds, undefined, now);
    expect(validity_period).toBe(expected);
  });

  test('that is absolute is never later than the end of the life', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(now), max: new Date(2099, 0), noInvalidDate: true }), (at) => {
        const said = absoluteTime(at.getTime()).replace(/^(..)(..)(..)(..)(..)(..)000\+$/, '20$1-$2-$3T$4:$5:$6Z');
        expect(at.getTime() - Date.parse(said)).toBeGreaterThanOrEqual(0);
        expect(at.getTime() - Date.parse(said)).toBeLessThan(1_000);
      }),
    );
  });

  test.each([
    [300, '000000000500000R'],
    [59.9, '000000000059000R'],
    [86_400, '000001000000000R'],
    [90_061, '000001010101000R'],
    [0.2, '000000000001000R'],
  ])('of %d seconds is %s', (seconds, expected) => expect(relativeTime(seconds)).toBe(expected));

  test('is never longer than the life that is left, from a second on', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 86_400, noNaN: true }), (seconds) => {
        const [days = 0, hours = 0, minutes = 0, rest = 0] = (
          relativeTime(seconds).slice(4, 12).match(/../g) ?? []
        ).map(Number);
        const said = ((days * 24 + hours) * 60 + minutes) * 60 + rest;
        expect(said).toBeLessThanOrEqual(seconds);
        expect(said).toBeGreaterThan(seconds - 1);
      }),
    );
  });
});

describe('an option of a route', () => {
  test.each([
    [{ 'tlv:0x1403': 'Text' }],
    [{ 'tlv:0x5': 'hex:01' }],
    [{ 'tlv:0x1FFF': 'hex:' }],
    [{ 'tlv:0x1400': 'x'.repeat(255) }],
  ])('%j is fine', (options) => expect(smppOptionsProblem(options)).toBeUndefined());

  test.each([
    [{ priority: '1' }, /knows no option/],
    [{ 'tlv:1403': '1' }, /tlv:0x1403/],
    [{ 'tlv:0x14031': '1' }, /knows no option/],
    [{ 'tlv:0x0': '1' }, /cannot be set/],
    [{ 'tlv:0x0424': '1' }, /cannot be set/],
    [{ 'tlv:0x1403': 'hex:123' }, /even number/],
    [{ 'tlv:0x1403': 'é' }, /printable ASCII/],
    [{ 'tlv:0x1403': 'x'.repeat(256) }, /longer than 255/],
  ])('%j is refused with a sentence', (options, sentence) => {
    expect(smppOptionsProblem(options)).toMatch(sentence);
    expect(unsendable(outgoing({ options }))).toMatchObject({ name: 'CarrierRejected' });
  });

  test('is on top of the ids of a message', () => {
    const message = outgoing({ restrictions: { principalEntityId: '1' }, options: { 'tlv:0x1400': '2' } });
    expect(submitFields(message, part, settings(), 300)).toMatchObject({ tlv_0x1400: Buffer.from('2') });
  });
});
