// Many messages with everything going wrong at once: nothing is lost, nothing sent twice, every receipt finds its message.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { smppCarrier, type TestedCarrier } from '../support/smpp-carrier.ts';
import { misfortune, runTraffic, sendLikeTheEngine, tally } from '../support/smpp-traffic.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';

const COUNT = 150;
let smsc: Smsc;
let tested: TestedCarrier;

beforeAll(async () => {
  smsc = await startSmsc({}, () => {});
});
afterAll(async () => {
  await tested.close();
  await smsc.stop();
});

test('hex ids, receipts first, a reset in the middle, throttling: no loss, no double, every validity within its life', async () => {
  await smsc.set({
    responseId: 'HEX',
    receiptTextId: 'paddedDecimal',
    receiptTlvId: 'none',
    receiptBeforeResponse: true,
  });
  await smsc.set({ ratePerSecond: 60, respondAfterMs: 20 });
  tested = smppCarrier(smsc, { settings: { messageIds: { response: 'hex' }, window: 20, binds: 2 } });
  const { carrier, receipts } = tested;
  const sent = await runTraffic(
    COUNT,
    30,
    (to) => sendLikeTheEngine(carrier, to),
    () => misfortune(smsc),
  );
  const count = await eventually('every receipt has come', async () => {
    const now = await tally(smsc, sent, receipts);
    return now.withoutReceipt === 0 && now.unmatchedReceipts === now.unknownThatLeft && now;
  });
  expect(count).toMatchObject({ failed: 0, lost: 0, doubles: 0, overLongValidities: 0 });
  expect(count.accepted + count.unknown).toBe(COUNT);
  expect(count.unknownThatLeft).toBeGreaterThan(0);
  expect(count.refusals).toBeGreaterThan(0);
});
