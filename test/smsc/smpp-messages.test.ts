// What reaches an SMSC of another make of the messages the SMPP carrier sends: text, parts, addresses, validity, TLVs.
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CarrierOutcomeUnknown, CarrierRejected, type OutgoingMessage } from '../../carriers/carrier.ts';
import { outgoing, smppCarrier, type TestedCarrier } from '../support/smpp-carrier.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';

const GREEK = 'Ο κωδικός σας είναι 482915. '.repeat(6);
const LONG = 'Your code € is [482915]. '.repeat(14);
let smsc: Smsc;
let tested: TestedCarrier;

beforeAll(async () => {
  smsc = await startSmsc({}, () => {});
  return () => smsc.stop();
});
beforeEach(async () => {
  await smsc.reset();
  await smsc.set({ receipts: false });
});
afterEach(() => tested.close());

async function send(changes: Partial<OutgoingMessage> = {}, settings: object = {}) {
  tested = smppCarrier(smsc, { settings });
  return await tested.carrier.send(outgoing(changes), 'key');
}

describe('a message', () => {
  test('carries addresses, flags and a validity within its life, relative and never rounded up', async () => {
    await send({ validForSeconds: 86_400 }, { serviceType: 'OTP' });
    const [row] = await smsc.submits();
    expect(row).toMatchObject({
      serviceType: 'OTP',
      source: { ton: 5, npi: 0, address: 'Twostep' },
      destination: { ton: 1, npi: 1, address: '306948530920' },
      esmClass: 0,
      scheduleDeliveryTime: '',
      registeredDelivery: 1,
      dataCoding: 0,
      tlvs: [],
      text: 'Your code: 482915',
    });
    expect(row?.validityPeriod).toMatch(/^0000(01000000|0023595[0-9])000R$/);
  });

  test('asks for receipts of failures alone, or for none, where the settings say so', async () => {
    await send({}, { registeredDelivery: 2 });
    expect(await smsc.submits()).toMatchObject([{ registeredDelivery: 2 }]);
    expect(tested.carrier.receipts).toBe(true);
    await tested.close();
    tested = smppCarrier(smsc, { settings: { registeredDelivery: 0 } });
    expect(tested.carrier.receipts).toBe(false);
  });

  test("carries India's ids in TLVs 0x1400 and 0x1401, and those of its route", async () => {
    const restrictions = { principalEntityId: '1101234567890123456', contentTemplateId: '1107123456789012345' };
    await send({ restrictions, options: { 'tlv:0x1403': 'hex:00ff', 'tlv:0x3fff': 'Text' } });
    const text = (value: string) => Buffer.from(value).toString('hex');
    expect((await smsc.submits())[0]?.tlvs).toEqual([
      { tag: 0x1400, value: text('1101234567890123456') },
      { tag: 0x1401, value: text('1107123456789012345') },
      { tag: 0x1403, value: '00ff' },
      { tag: 0x3fff, value: text('Text') },
    ]);
  });

  test('whose route asks for what the carrier does not know is CarrierRejected, and nothing left', async () => {
    await expect(send({ options: { priority: '1' } })).rejects.toBeInstanceOf(CarrierRejected);
    expect(await smsc.submits()).toEqual([]);
  });
});

describe('a text', () => {
  test.each([
    ['GSM-7 by header', LONG, 'udh', 3, 0],
    ['UCS-2 by header', GREEK, 'udh', 3, 8],
    ['GSM-7 by payload', LONG, 'payload', 3, 0],
    ['UCS-2 by payload', GREEK, 'payload', 3, 8],
  ])('that is long arrives whole: %s', async (_how, text, longMessages, parts, dataCoding) => {
    const acceptance = await send({ text }, { longMessages });
    const rows = await smsc.submits();
    expect(rows.map((row) => row.text).join('')).toBe(text);
    expect(rows.every((row) => row.dataCoding === dataCoding)).toBe(true);
    expect(acceptance).toMatchObject({ parts });
    expect(acceptance.messageIds).toHaveLength(longMessages === 'udh' ? parts : 1);
    const headers = rows.map(({ concatenation }) => concatenation);
    if (longMessages === 'payload') return expect(headers).toEqual([null]);
    expect(headers.map((header) => header?.part)).toEqual([1, 2, 3]);
    expect(headers.every((header) => header?.total === 3)).toBe(true);
    expect(new Set(headers.map((header) => header?.reference)).size).toBe(1);
  });

  test.each([
    ['gsm7', 'é€ [x]', 0],
    ['gsm7', 'ç', 8],
    ['latin1', 'é @$', 0],
    ['latin1', '€', 8],
    ['latin1', 'ç', 8],
    ['ascii', '[x] @$_', 0],
    ['ascii', 'é', 8],
  ] as const)('goes to an SMSC whose default alphabet is %s as it is: %j', async (alphabet, text, dataCoding) => {
    await smsc.set({ alphabet: alphabet === 'gsm7' ? 'gsm' : alphabet });
    await send({ text }, { defaultAlphabet: alphabet });
    expect(await smsc.submits()).toMatchObject([{ text, dataCoding }]);
  });

  test('of any characters arrives as it was, in as many parts as the customer pays', async () => {
    tested = smppCarrier(smsc, { settings: { window: 1 } });
    const character = fc.constantFrom('a', '@', '_', 'Δ', '€', '[', '\\', '\n', 'ç', '验', '😀', 'e\u0301', '👨‍👩‍👧‍👦');
    const texts = fc.array(character, { minLength: 1, maxLength: 250 }).map((characters) => characters.join(''));
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (text, plain) => {
        const message = outgoing({ text: plain ? text.replace(/[^a@_Δ€[\\\n]/gu, '') || 'a' : text });
        const { parts } = await tested.carrier.send(message, 'key');
        const rows = (await smsc.submits()).slice(-parts);
        expect(rows.map((row) => row.text).join('')).toBe(message.text);
        expect(parts).toBe(message.parts);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a message in parts', () => {
  test('is refused as its first part is, and no other is tried', async () => {
    await smsc.rule({ part: 1 }, { status: 0x0b });
    await expect(send({ text: LONG })).rejects.toBeInstanceOf(CarrierRejected);
    expect(await smsc.submits()).toHaveLength(1);
  });

  test('goes on where a later part is throttled (ESME_RTHROTTLED, 0x58): each part is accepted once', async () => {
    await smsc.rule({ part: 2, times: 2 }, { status: 0x58 });
    expect((await send({ text: LONG })).messageIds).toHaveLength(3);
    const accepted = (await smsc.submits()).filter((row) => row.accepted);
    expect(accepted.map(({ concatenation }) => concatenation?.part)).toEqual([1, 2, 3]);
  });

  test.each([
    ['refused', { status: 0x0b }],
    ['never answered', { respondAfterMs: 4_000 }],
    ['lost with the connection', { drop: 'beforeAccept' }],
  ] as const)('is CarrierOutcomeUnknown when a later part is %s', async (_what, settings) => {
    await smsc.rule({ part: 2 }, settings);
    await expect(send({ text: LONG })).rejects.toBeInstanceOf(CarrierOutcomeUnknown);
    expect((await smsc.submits()).map(({ concatenation }) => concatenation?.part)).toEqual([1, 2]);
  });

  test('goes by another connection when the SMSC takes the first for unbound (ESME_RINVBNDSTS, 0x04)', async () => {
    await smsc.rule({ part: 2, times: 1 }, { status: 0x04 });
    expect((await send({ text: LONG }, { binds: 2 })).messageIds).toHaveLength(3);
    const rows = await smsc.submits();
    expect(rows.map(({ concatenation }) => concatenation?.part)).toEqual([1, 2, 2, 3]);
    expect(rows[2]?.bind).not.toBe(rows[1]?.bind);
  });
});
