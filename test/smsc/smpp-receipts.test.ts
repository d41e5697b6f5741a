// Receipts of an SMSC of another make, as the SMPP carrier hands them on: ids in every form, in any order, acknowledged once kept.
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CarrierOutcomeUnknown } from '../../carriers/carrier.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { eventually } from '../support/eventually.ts';
import {
  bound,
  type CarrierChanges,
  outgoing,
  RECIPIENT,
  sendAtLast,
  smppCarrier,
  TEXT,
  type TestedCarrier,
} from '../support/smpp-carrier.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';

let smsc: Smsc;
let tested: TestedCarrier;

beforeAll(async () => {
  smsc = await startSmsc({}, () => {});
  return () => smsc.stop();
});
beforeEach(() => smsc.reset());
afterEach(() => tested.close());

const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:1';
const send = (changes: CarrierChanges = {}) => {
  tested = smppCarrier(smsc, changes);
  return tested.carrier.send(outgoing(), KEY);
};
const taken = (count = 1) =>
  eventually(`${count} receipts`, async () => tested.receipts.length >= count && tested.receipts);
const acknowledged = () =>
  eventually('it is acknowledged', async () => (await smsc.receipts()).find((each) => each.outcome));

describe('the id of a receipt is that of its response', () => {
  const hexResponse = { messageIds: { response: 'hex' } };
  test.each([
    ['decimal, with zeros in front in the receipt', {}, { receiptTextId: 'paddedDecimal', receiptTlvId: 'none' }],
    ['decimal, with zeros in front in the response', {}, { responseId: 'paddedDecimal' }],
    ['hex then decimal', hexResponse, { responseId: 'HEX', receiptTextId: 'decimal', receiptTlvId: 'none' }],
    [
      'hex, small and padded in the receipt',
      {},
      { responseId: 'HEX', receiptTlvId: 'paddedHex', receiptTextId: 'wrong' },
    ],
    [
      'hex in the TLV, decimal in the text',
      hexResponse,
      { responseId: 'hex', receiptTlvId: 'paddedHex', receiptTextId: 'wrong' },
    ],
    ['decimal then hex', { messageIds: { receipt: 'hex' } }, { receiptTextId: 'paddedHex', receiptTlvId: 'none' }],
    ['decimal, hex in the TLV', { messageIds: { receiptTlv: 'hex' } }, { receiptTlvId: 'HEX', receiptTextId: 'none' }],
    ['words, in capitals in the receipt', {}, { responseId: 'word', receiptTlvId: 'WORD', receiptTextId: 'none' }],
  ] as const)('%s', async (_how, settings, behaviour) => {
    await smsc.set(behaviour);
    const { messageIds } = await send({ settings });
    expect(await taken()).toEqual([{ messageId: messageIds[0], state: 'delivered' }]);
    expect(await acknowledged()).toMatchObject({ outcome: 'taken' });
  });
});

test.each([
  ['DELIVRD', 'delivered', undefined],
  ['UNDELIV', 'undelivered', 'UNDELIV:027'],
  ['EXPIRED', 'undelivered', 'EXPIRED:027'],
  ['DELETED', 'undelivered', 'DELETED:027'],
  ['REJECTD', 'undelivered', 'REJECTD:027'],
  ['ENROUTE', 'underway', 'ENROUTE:027'],
  ['ACCEPTD', 'underway', 'ACCEPTD:027'],
  ['UNKNOWN', 'underway', 'UNKNOWN:027'],
])('%s is %s, by the text as by message_state', async (receiptStates, state, reason) => {
  for (const receiptTlvId of ['none', 'decimal'] as const) {
    await smsc.set({ receiptStates, receiptTlvId, receiptError: '027', receiptDataCoding: 8 });
    const { messageIds } = await send();
    expect(await taken()).toEqual([{ messageId: messageIds[0], state, ...(reason && { reason }) }]);
    await tested.close();
  }
});

describe('a receipt', () => {
  test('before its response is handed on all the same', async () => {
    await smsc.set({ receiptBeforeResponse: true });
    const sending = send();
    const [receipt] = await taken();
    expect((await smsc.submits())[0]?.accepted).toBe(true);
    const { messageIds } = await sending;
    expect(receipt).toEqual({ messageId: messageIds[0], state: 'delivered' });
  });

  test('is acknowledged once it is kept, and comes again when it is not (ESME_RX_T_APPN, 0x64)', async () => {
    const seen: Receipt[] = [];
    let keep: () => void = () => undefined;
    await smsc.set({ receiptRetryMs: 50 });
    await send({
      takeReceipt(receipt) {
        seen.push(receipt);
        if (seen.length === 1) return Promise.reject(new Error('the database is away'));
        return new Promise((resolve) => {
          keep = resolve;
        });
      },
    });
    await eventually('it comes again', async () => seen.length === 2);
    expect((await smsc.receipts()).map(({ outcome }) => outcome)).toEqual(['refused 100']);
    keep();
    await eventually('it is acknowledged', async () => (await smsc.receipts()).length === 2);
    expect((await smsc.receipts())[1]?.outcome).toBe('taken');
    expect(tested.log.join()).toContain('Receipts could not be kept');
  });

  test('that takes too long to keep is refused, so that it comes again', async () => {
    await smsc.set({ receiptTries: 1 });
    await send({ settings: { responseTimeoutSeconds: 1 }, takeReceipt: () => new Promise(() => undefined) });
    expect(await acknowledged()).toMatchObject({ outcome: 'refused 100' });
  });

  test('may come to another bind', async () => {
    await smsc.set({ receiptTo: 'other' });
    tested = smppCarrier(smsc, { settings: { binds: 2 } });
    await bound(smsc, tested, 2);
    const { messageIds } = await tested.carrier.send(outgoing(), KEY);
    expect(await taken()).toEqual([{ messageId: messageIds[0], state: 'delivered' }]);
  });

  test('of an answer that came too late names the send by its key, and so does that answer', async () => {
    await smsc.set({ respondAfterMs: 1_500 });
    await expect(send({ settings: { responseTimeoutSeconds: 1, enquireLinkSeconds: 5 } })).rejects.toBeInstanceOf(
      CarrierOutcomeUnknown,
    );
    const messageId = String(Number((await smsc.submits())[0]?.messageId));
    expect(await taken(2)).toEqual([
      { messageId, reference: KEY, state: 'underway', reason: 'LATE_RESPONSE' },
      { messageId, reference: KEY, state: 'delivered' },
    ]);
  });
});

describe('user_message_reference', () => {
  const settings = { messageReference: true };

  test('handed back in a receipt names a send whose answer was lost with its connection', async () => {
    await smsc.set({ receiptReference: true, drop: 'afterAccept' });
    tested = smppCarrier(smsc, { settings });
    await expect(sendAtLast(tested.carrier)).rejects.toBeInstanceOf(CarrierOutcomeUnknown);
    expect(await taken()).toMatchObject([{ reference: 'key', state: 'delivered' }]);
  });

  test('is not sent where nothing is said, nor with the parts of a long message', async () => {
    const references = async () =>
      (await smsc.submits()).flatMap(({ tlvs }) => tlvs.filter(({ tag }) => tag === 0x0204).map(({ value }) => value));
    await send();
    await tested.close();
    tested = smppCarrier(smsc, { settings });
    await tested.carrier.send(outgoing({ text: 'a'.repeat(200) }), KEY);
    expect(await references()).toEqual([]);
    await tested.carrier.send(outgoing(), KEY);
    expect(await references()).toEqual([expect.stringMatching(/^[0-9a-f]{4}$/)]);
  });

  test('of a message to another number names nothing', async () => {
    await smsc.set({ receipts: false });
    await send({ settings });
    const value = Buffer.from((await smsc.submits())[0]?.tlvs[0]?.value ?? '', 'hex');
    const tlvs = [{ tag: 0x0204, value }];
    await smsc.deliver({ source: '306948530921', message: Buffer.from('id:1 stat:DELIVRD'), tlvs });
    await smsc.deliver({ source: RECIPIENT.slice(1), message: Buffer.from('id:2 stat:DELIVRD'), tlvs });
    expect(await taken(2)).toEqual([
      { messageId: '1', state: 'delivered' },
      { messageId: '2', reference: KEY, state: 'delivered' },
    ]);
  });
});

describe('what is no receipt', () => {
  const forged = Buffer.from(
    'id:1 sub:001 dlvrd:001 submit date:2601010000 done date:2601010000 stat:DELIVRD err:000 text:',
  );

  test('a message of a phone, even one that looks like a receipt, is acknowledged, counted and never shown', async () => {
    tested = smppCarrier(smsc);
    await bound(smsc, tested);
    await smsc.deliver({ source: RECIPIENT.slice(1), esmClass: 0, message: forged });
    await smsc.deliver({ source: RECIPIENT.slice(1), esmClass: 0, message: Buffer.from(TEXT) });
    await eventually('it is counted', async () => tested.log.join().includes('Messages of phones'));
    expect(tested.receipts).toEqual([]);
    expect(tested.log.join()).not.toMatch(/482915|306948530920|stat:/);
  });

  test('a receipt without an id is acknowledged and counted', async () => {
    tested = smppCarrier(smsc);
    await bound(smsc, tested);
    await smsc.deliver({ message: Buffer.from('stat:DELIVRD text:id:5 stat:DELIVRD') });
    await smsc.deliver({ message: Buffer.alloc(0) });
    expect(tested.receipts).toEqual([]);
    expect(tested.log.join()).toContain('without a message id');
  });

  test.each([
    ['no text, the id without its NUL', 4, '', [0x001e, 'abc'], { messageId: 'abc', state: 'delivered' }],
    ['esm_class 0, but the TLV of a receipt', 0, '', [0x001e, 'ABC\0'], { messageId: 'abc', state: 'delivered' }],
    [
      'the text in message_payload',
      4,
      '',
      [0x0424, 'id:0a stat:EXPIRED'],
      { messageId: 'a', state: 'undelivered', reason: 'EXPIRED' },
    ],
  ] as const)('an unusual receipt is read: %s', async (_what, esmClass, message, [tag, value], expected) => {
    tested = smppCarrier(smsc);
    await bound(smsc, tested);
    const state = { tag: 0x0427, value: Buffer.from([2]) };
    const tlvs = [{ tag, value: Buffer.from(value) }, ...(tag === 0x001e ? [state] : [])];
    await smsc.deliver({ esmClass, message: Buffer.from(message), tlvs });
    expect(await taken()).toEqual([expected]);
  });

  test('an empty message_state does not stop the connection', async () => {
    tested = smppCarrier(smsc);
    await bound(smsc, tested);
    const id = { tag: 0x001e, value: Buffer.from('7\0') };
    await smsc.deliver({
      message: Buffer.from('stat:UNDELIV err:001'),
      tlvs: [id, { tag: 0x0427, value: Buffer.alloc(0) }],
    });
    expect(await taken()).toEqual([{ messageId: '7', state: 'undelivered', reason: 'UNDELIV:001' }]);
    expect(tested.log.join()).not.toContain('has ended');
  });
});
