// The words in which SMSCs say what became of a message, in every spelling of the field, and what an operator says of them.
import { describe, expect, test } from 'vitest';
import type { Pdu } from '../../../carriers/smpp/pdu.ts';
import { readReceipt } from '../../../carriers/smpp/receipt.ts';
import { smppSettings } from '../../../carriers/smpp/settings.ts';

const settings = (receiptStates: object = {}) =>
  smppSettings.parse({ host: 'smsc.example', systemId: 'twostep', receiptStates });
const read = (fields: object, own?: object) => readReceipt({ esm_class: 4, ...fields } as Pdu, settings(own));
const ofWord = (stat: string, own?: object) =>
  read({ short_message: Buffer.from(`id:7 sub:001 dlvrd:001 stat:${stat} err:027 text:stat:EXPIRED`, 'latin1') }, own);

describe('a word', () => {
  test.each([
    ...['DELIVRD', 'DELIVERED', 'DELIVERD', 'Delivered', 'delivrd', 'DELIVRD ', '  DELIVRD', '"DELIVRD"', 'DELIVRD,'],
    ...['DELIVRED', 'DLVRD', 'DELIVERED_TO_HANDSET', 'DELIVRD\0', 'DELIVRD.', 'DELIVRD;'],
  ])('%j is delivered', (stat) => expect(ofWord(stat)).toEqual({ messageId: '7', state: 'delivered' }));

  test.each([
    ['UNDELIV', 'UNDELIV'],
    ['UNDELIVERABLE', 'UNDELIV'],
    ['UNDELIVERED', 'UNDELIV'],
    ['Undelivrd', 'UNDELIV'],
    ['NOT_DELIVERED', 'UNDELIV'],
    ['not delivered', 'UNDELIV'],
    ['EXPIRED', 'EXPIRED'],
    ['expired ', 'EXPIRED'],
    ['DELETED', 'DELETED'],
    ['REJECTD', 'REJECTD'],
    ['REJECTED', 'REJECTD'],
    ['SKIPPED', 'SKIPPED'],
    ['FAILED', 'FAILED'],
    ['Failure', 'FAILED'],
  ])('%j is undelivered, by its name in SMPP, %s', (stat, name) => {
    expect(ofWord(stat)).toEqual({ messageId: '7', state: 'undelivered', reason: `${name}:027` });
  });

  test.each([
    ['ACCEPTD', 'ACCEPTD'],
    ['ACCEPTED', 'ACCEPTD'],
    ['accepted', 'ACCEPTD'],
    ['UNKNOWN', 'UNKNOWN'],
    ['ENROUTE', 'ENROUTE'],
    ['EN_ROUTE', 'ENROUTE'],
    ['SCHEDULED', 'SCHEDULED'],
    ['BUFFERED', 'BUFFERED'],
    ['SENT', 'SENT'],
    ['DELIVERED TO SMSC', 'UNKNOWN'],
    ['DELIVERED_TO_SMSC', 'UNKNOWN'],
    ['UNDELIVERED YET', 'UNKNOWN'],
    ['DELIVRDX', 'DELIVRDX'],
    ['2', 'UNKNOWN'],
    ['000', 'UNKNOWN'],
    ['', 'UNKNOWN'],
    ['Your code is 482915', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
    ['X'.repeat(90), 'UNKNOWN'],
  ])('%j proves nothing: under way, as %s', (stat, name) => {
    expect(ofWord(stat)).toEqual({ messageId: '7', state: 'underway', reason: `${name}:027` });
  });

  test.each([
    'id:7 stat:DELIVERED',
    'stat:DELIVERED id:7',
    'id:7,stat:DELIVERED,err:000',
    'id:7;stat:DELIVERED;err:000;text:x',
    'id:7 Stat:DELIVERED done date:2611231201',
    'id:7 stat: DELIVERED submit date:2611231201 err:000',
    'id:7 status:DELIVERED err:000',
    'id:7\nstat:DELIVERED\nerr:000',
    'id:7 stat:DELIVRD err=000',
    `id:7 stat:DELIVRD ${'x'.repeat(300)}`,
  ])('is found in %j', (text) => {
    expect(read({ short_message: Buffer.from(text) })).toEqual({ messageId: '7', state: 'delivered' });
  });
});

describe('message_state', () => {
  const byNumber = (octets: number[], stat = '', own?: object) => {
    const message_state = Buffer.from(octets);
    return read({ short_message: Buffer.from(`id:7 stat:${stat}`), message_state }, own);
  };

  test.each([
    ['02', [2], 'delivered'],
    ['two octets', [0, 2], 'delivered'],
    ['four octets', [0, 0, 0, 5], 'undelivered'],
    ['03', [3], 'undelivered'],
    ['04', [4], 'undelivered'],
    ['05', [5], 'undelivered'],
    ['08', [8], 'undelivered'],
    ['09', [9], 'undelivered'],
    ['00', [0], 'underway'],
    ['01', [1], 'underway'],
    ['06', [6], 'underway'],
    ['07', [7], 'underway'],
    ['one nobody knows', [99], 'underway'],
    ['none', [], 'underway'],
  ])('of %s', (_what, octets, state) => expect(byNumber(octets)).toMatchObject({ messageId: '7', state }));

  test.each([
    ['that proves nothing leaves it to a word that does', [7], 'DELIVERED', 'delivered'],
    ['under way leaves it to a word that says more', [1], 'REJECTED', 'undelivered'],
    ['nobody knows leaves it to the word', [99], 'DELIVRD', 'delivered'],
    ['comes before a word that proves nothing', [2], 'UNKNOWN', 'delivered'],
    ['comes before a word that says otherwise', [5], 'DELIVRD', 'undelivered'],
  ])('%s', (_what, octets, stat, state) => expect(byNumber(octets, stat)).toMatchObject({ state }));
});

describe('an operator says', () => {
  test.each([
    ['what a word means', 'BUFFERED', { BUFFERED: 'undelivered' }, 'undelivered', 'BUFFERED'],
    ['it in any case and spelling', 'sent to-phone', { SENT_TO_PHONE: 'delivered' }, 'delivered', undefined],
    ['that a word of SMPP means something else', 'ACCEPTD', { ACCEPTD: 'delivered' }, 'delivered', undefined],
    ['that in another spelling of it', 'ACCEPTED', { acceptd: 'delivered' }, 'delivered', undefined],
    ['that an ending is none', 'EXPIRED', { EXPIRED: 'underway' }, 'underway', 'EXPIRED'],
    ['that UNKNOWN is as good as undelivered', 'UNKNOWN', { UNKNOWN: 'undelivered' }, 'undelivered', 'UNKNOWN'],
    ['what a number for a word means', '2', { 2: 'undelivered' }, 'undelivered', '2'],
  ])('%s', (_what, stat, own, state, name) => {
    const reason = name === undefined ? undefined : `${name}:027`;
    expect(ofWord(stat, own)).toEqual({ messageId: '7', state, ...(reason && { reason }) });
  });

  test('what a number of message_state means that SMPP does not have, and no other changes', () => {
    const own = { 12: 'delivered', 5: 'delivered' };
    const states = [12, 13, 5].map((number) =>
      read({ short_message: Buffer.from('id:7'), message_state: Buffer.from([number]) }, own),
    );
    expect(states).toMatchObject([{ state: 'delivered' }, { state: 'underway' }, { state: 'undelivered' }]);
  });

  test.each([
    ['a meaning that is none', { BUFFERED: 'lost' }],
    ['a word with a colon', { 'stat:X': 'delivered' }],
    ['an empty word', { '': 'delivered' }],
    ['a word of 41 characters', { ['X'.repeat(41)]: 'delivered' }],
    ['more than 100 words', Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`X${n}`, 'delivered']))],
  ])('nothing by %s', (_what, own) => expect(() => settings(own)).toThrow());
});

test.each([
  ['UNDELIV', 'underway'],
  ['EXPIRED', 'underway'],
  ['ENROUTE', 'underway'],
  ['FAILED', 'underway'],
  ['DELIVRD', 'delivered'],
])('an intermediate notification of %s is %s: more attempts follow one that failed', (stat, state) => {
  expect(read({ esm_class: 0x20, short_message: Buffer.from(`id:7 stat:${stat}`) })).toMatchObject({ state });
});
