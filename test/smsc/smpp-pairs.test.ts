// Transmitters and receivers side by side, at an SMSC of another make: messages go by the ones, receipts come by the others.
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { bound, outgoing, sendAtLast, smppCarrier, type TestedCarrier } from '../support/smpp-carrier.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';

let smsc: Smsc;
let tested: TestedCarrier;

beforeAll(async () => {
  smsc = await startSmsc({}, () => {});
  return () => smsc.stop();
});
beforeEach(() => smsc.reset());
afterEach(() => tested.close());

const standing = async () =>
  (await smsc.binds()).filter(({ status, endedAt }) => status === 0 && endedAt === null).map(({ type }) => type);

async function start(settings: object = {}, pairs = 1) {
  tested = smppCarrier(smsc, { settings: { bindMode: 'pair', binds: pairs, ...settings } });
  await bound(smsc, tested, pairs);
  await eventually('all stand', async () => (await standing()).length === 2 * pairs);
}

describe('a pair', () => {
  test('is a receiver and a transmitter, and counts as one connection', async () => {
    await start({}, 2);
    expect((await standing()).sort()).toEqual(['BIND_RX', 'BIND_RX', 'BIND_TX', 'BIND_TX']);
    expect(tested.carrier.connections?.()).toEqual({ wanted: 2, bound: 2 });
  });

  test('sends by the one and takes receipts by the other', async () => {
    await start();
    const { messageIds } = await tested.carrier.send(outgoing(), 'key');
    await eventually('its receipt', async () => tested.receipts.length > 0);
    expect(tested.receipts).toEqual([{ messageId: messageIds[0], state: 'delivered' }]);
    const types = new Map((await smsc.binds()).map(({ number, type }) => [number, type]));
    expect((await smsc.submits()).map(({ bind }) => types.get(bind))).toEqual(['BIND_TX']);
    expect((await smsc.receipts()).map(({ bind }) => types.get(bind))).toEqual(['BIND_RX']);
  });

  test.each([
    ['reset', () => smsc.drop({ reset: true })],
    ['closed', () => smsc.drop({ reset: false })],
    ['unbound', () => smsc.unbind()],
  ])('whose connections are %s is made again whole', async (_how, end) => {
    await start();
    await end();
    await eventually('it is told', async () => tested.log.join().includes('has ended'));
    await sendAtLast(tested.carrier);
    expect((await standing()).sort()).toEqual(['BIND_RX', 'BIND_TX']);
  });

  test('of which but one may stand leaves nothing standing, and is a fault', async () => {
    await smsc.set({ maxBinds: 1 });
    tested = smppCarrier(smsc, { settings: { bindMode: 'pair' } });
    await expect(tested.carrier.send(outgoing(), 'key')).rejects.toMatchObject({
      name: 'CarrierFault',
      message: expect.stringContaining('ESME_RALYBND'),
    });
    await tested.close();
    await eventually('nothing stands', async () => (await standing()).length === 0);
  });

  test('that is stopped unbinds both', async () => {
    await start();
    await tested.close();
    await eventually('nothing stands', async () => (await standing()).length === 0);
    expect(tested.log.join()).not.toContain('has ended');
  });
});

test.each([
  ['sar', 'GSM-7', 'a'.repeat(200)],
  ['sar', 'UCS-2', 'я'.repeat(100)],
])('a long message cut by TLVs (%s, %s) arrives whole', async (longMessages, _alphabet, text) => {
  tested = smppCarrier(smsc, { settings: { longMessages } });
  const { parts } = await tested.carrier.send(outgoing({ text }), 'key').catch(() => sendAtLast(tested.carrier));
  const submits = await smsc.submits();
  expect([parts, submits.map(({ text: part }) => part).join('')]).toEqual([2, text]);
  const tlv = (wanted: number) => submits.map(({ tlvs }) => tlvs.find(({ tag }) => tag === wanted)?.value);
  expect(tlv(0x020e)).toEqual(['02', '02']);
  expect(tlv(0x020f)).toEqual(['01', '02']);
  expect(new Set(tlv(0x020c)).size).toBe(1);
});

test.each([
  ['absolute', /^\d{12}000\+$/],
  ['none', /^$/],
])('a validity that is %s is taken', async (validity, expected) => {
  tested = smppCarrier(smsc, { settings: { validity, priority: 1, interfaceVersion: '3.4' } });
  await sendAtLast(tested.carrier);
  const [submit] = await smsc.submits();
  expect(submit).toMatchObject({ accepted: true, priorityFlag: 1, validityPeriod: expect.stringMatching(expected) });
});
