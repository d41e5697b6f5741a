import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CarrierOutcomeUnknown } from '../../carriers/carrier.ts';
import { eventually } from '../support/eventually.ts';
import {
  bound,
  type CarrierChanges,
  outgoing,
  sendAtLast,
  smppCarrier,
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

const send = () => tested.carrier.send(outgoing(), 'key');

async function start(changes: CarrierChanges = {}, count = 1) {
  tested = smppCarrier(smsc, changes);
  await bound(smsc, tested, count);
}

describe('a connection', () => {
  test('that is reset with messages under way makes each of them unknown, and is made again', async () => {
    await start();
    await smsc.set({ respondAfterMs: 1_500 });
    const under = Promise.allSettled([send(), send(), send()]);
    await eventually('they are there', async () => (await smsc.submits()).length === 3);
    await smsc.drop({ reset: true });
    for (const end of await under) {
      expect(end).toMatchObject({
        reason: new CarrierOutcomeUnknown('the connection ended before the SMSC had answered'),
      });
    }
    await smsc.reset();
    await send();
  });

  test('that stands still is found by enquire_link and made again', async () => {
    await start({ settings: { responseTimeoutSeconds: 1 } });
    await smsc.freeze(4_000);
    await expect(send()).rejects.toBeInstanceOf(CarrierOutcomeUnknown);
    await eventually('it is given up', async () => tested.log.join().includes('has ended'));
    await sendAtLast(tested.carrier);
    expect((await smsc.binds()).length).toBeGreaterThan(1);
  });

  test('unbound by the SMSC is answered, lets a response come that is under way, and is made again', async () => {
    await start();
    await smsc.set({ respondAfterMs: 500 });
    const sending = send();
    await eventually('it is there', async () => (await smsc.submits()).length === 1);
    const [, accepted] = await Promise.all([smsc.unbind(), sending]);
    expect(accepted.messageIds).toHaveLength(1);
    await sendAtLast(tested.carrier);
  });

  test.each([
    ['a length of 99,999', '0001869f000000050000000000000001'],
    ['a length of 2', '00000002000000050000000000000001'],
    ['a length of 10', '0000000a0000000500000000'],
    ['half a PDU and then silence', '00000040000000050000'],
  ])('told nonsense, %s, is made again, and the process goes on', async (_what, hex) => {
    await start({ settings: { responseTimeoutSeconds: 1 } });
    await smsc.write(Buffer.from(hex, 'hex'));
    await eventually('it is given up', async () => tested.log.join().includes('has ended'));
    await sendAtLast(tested.carrier);
  });

  test.each([
    ['a command nobody knows', '0000001000000fff0000000000000007'],
    ['an alert_notification', '0000001700000102000000000000000700000000000000'],
    ['a query_sm', '0000001400000003000000000000000700000000'],
    ['a TLV that is too short for its type', '0000001400000015000000000000000100050000'],
    ['a response to nothing', '00000011800000040000000000000fff00'],
  ])('told what is not for it, %s, stands', async (_what, hex) => {
    await start();
    await smsc.write(Buffer.from(hex, 'hex'));
    await send();
    expect((await smsc.binds()).filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
    expect(tested.log.join()).not.toContain('has ended');
  });
});
