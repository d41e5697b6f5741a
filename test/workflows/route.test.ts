// When a send goes on to the next carrier, and when it does not, on the time-skipping server. One result is awaited at a time.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveryReportSignal, resendSignal, saying } from '../../workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { at, createRouteStage, type RouteStage, SMS, through, VOICE } from '../support/route-stage.ts';
import { scriptedCarrier } from '../support/scripted-carrier.ts';

let stage: RouteStage;
let start: RouteStage['start'];
let database: RouteStage['database'];
let environment: RouteStage['environment'];

beforeAll(async () => {
  stage = await createRouteStage();
  ({ start, database, environment } = stage);
});
afterAll(() => stage?.stop());

const silent = [through('first', { waitForReceiptSeconds: 45 }), through('second')];

describe('a carrier that accepts and keeps silent', () => {
  test('is followed by the next after its wait, and not before', async () => {
    const { handle, shown, told } = await start({ route: silent });
    await told('charged');
    await environment.sleep(40_000);
    expect((await shown()).sends).toHaveLength(1);
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    const { sends, timeline } = await shown();
    expect(sends).toMatchObject([{ carrier: 'first' }, { carrier: 'second', step: 2, n: 1 }]);
    const wait = at(timeline, 'nextStep') - at(timeline, 'accepted');
    expect(wait).toBeGreaterThanOrEqual(45_000);
    expect(wait).toBeLessThan(60_000);
    expect(timeline.find(({ event }) => event === 'nextStep')).toMatchObject({ reason: 'no receipt came within 45 s' });
  });

  test('is not followed where it was told no address to report to, and the timeline says so', async () => {
    const third = { ...scriptedCarrier('third', () => ({ outcome: 'accepted' })), silent: true };
    const running = await stage.startThird(third);
    const { handle, shown } = await start({
      route: [{ ...through('first', { waitForReceiptSeconds: 20 }), carrier: 'third' }, through('second')],
    });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    await running.holdBack();
    const { sends, timeline } = await shown();
    expect(sends).toMatchObject([{ carrier: 'third' }]);
    expect(timeline.find(({ event }) => event === 'accepted')).toMatchObject({ silent: true });
  });

  test('is not followed when the right answer comes first', async () => {
    const { handle, shown, told, answer, trackingId } = await start({ route: silent });
    await told('charged');
    await environment.sleep(30_000);
    await answer();
    expect(await handle.result()).toMatchObject({ outcome: 'Verified', charged: SMS });
    await environment.sleep(60_000);
    expect((await shown()).sends).toHaveLength(1);
    expect(stage.second.attempts.has(`${trackingId}:send:1.2`)).toBe(false);
  });

  test('is followed at once when its receipt says undelivered, and its message stays charged', async () => {
    const { handle, shown, told, report, trackingId, accountId } = await start({
      route: [through('first'), through('second')],
    });
    await told('charged');
    await report('first', 'undelivered');
    await told('nextStep');
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    expect((await shown()).sends).toHaveLength(2);
    expect(await movementsOf(database, accountId, trackingId)).toEqual(['reserve', 'charge']);
  });
});

describe('a carrier whose answer is lost', () => {
  test('is not followed before its wait of 30 s, and the timeline says so', async () => {
    const { handle, shown } = await start({ route: [through('first'), through('second')], first: 'unknown' });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    const { timeline, sends } = await shown();
    expect(sends).toMatchObject([{ outcome: { kind: 'unknown' } }, { outcome: { kind: 'accepted' } }]);
    expect(at(timeline, 'nextStep') - at(timeline, 'unknown')).toBeGreaterThanOrEqual(30_000);
    expect(timeline.find(({ event }) => event === 'nextStep')).toMatchObject({
      reason: 'its outcome was not known within 30 s',
    });
  });
});

test('a doubt about a carrier that is paused meanwhile is not asked about for long: the next one takes over', async () => {
  const third = await stage.startThird(scriptedCarrier('third', () => ({ outcome: 'unknown' })));
  const { handle, shown, told } = await start({ route: [through('third'), through('second')] });
  await told('unknown');
  await third.holdBack();
  expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
  const { timeline } = await shown();
  const wait = at(timeline, 'nextStep') - at(timeline, 'unknown');
  expect(wait).toBeGreaterThanOrEqual(40_000);
  expect(wait).toBeLessThan(60_000);
});

test('a doubt that ends in an acceptance while it is waited out is no reason to go on', async () => {
  const route = [through('first'), through('second')];
  const { handle, shown, told, trackingId } = await start({ route, first: 'unknown' });
  await told('unknown');
  const late = { n: 1, step: 1, carrier: 'first', messageId: 'm', state: 'underway', at: 0 } as const;
  await handle.signal(deliveryReportSignal, saying(deliveryReportSignal, late));
  expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
  expect((await shown()).sends).toHaveLength(1);
  expect(stage.second.attempts.has(`${trackingId}:send:1.2`)).toBe(false);
});

test('a message that waits for its receipt goes nowhere else once a resend was delivered', async () => {
  const route = [through('first', { waitForReceiptSeconds: 60 }), through('second', { method: 'voice' })];
  const { handle, shown, told } = await start({ route });
  await told('charged');
  await environment.sleep(35_000);
  const receivedAt = await environment.currentTimeMs();
  await handle.signal(resendSignal, saying(resendSignal, { attemptId: randomUUID(), method: 'sms', receivedAt }));
  await told('resent');
  await eventually('both are charged', async () => {
    return (await shown()).timeline.filter(({ event }) => event === 'charged').length === 2;
  });
  await handle.signal(
    deliveryReportSignal,
    saying(deliveryReportSignal, { n: 2, step: 1, carrier: 'first', state: 'delivered', at: 0 }),
  );
  expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: 2 * SMS });
  expect((await shown()).sends.map(({ method }) => method)).toEqual(['sms', 'sms']);
});

describe('the next carrier', () => {
  test('is not asked with less than 15 s of life left', async () => {
    const fields = { lifetimeInSeconds: 50 };
    const { handle, shown } = await start({ route: silent, fields });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    const { sends, timeline } = await shown();
    expect(sends).toHaveLength(1);
    expect(timeline.find(({ event }) => event === 'noNextStep')).toMatchObject({
      reason: 'no receipt came within 45 s, but too little life is left',
    });
  });

  test('takes over after 10 s from one that no worker sends for', async () => {
    const { handle, shown } = await start({ route: [through('nobody'), through('second')] });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    expect((await shown()).sends).toMatchObject([
      { carrier: 'nobody', outcome: { kind: 'notSent', reason: 'its carrier took nothing up in time' } },
      { carrier: 'second', outcome: { kind: 'accepted' } },
    ]);
  });

  test('by voice is another send at its own price, and the refused one is given back', async () => {
    const route = [through('first'), through('second', { method: 'voice' })];
    const { handle, shown, accountId, trackingId } = await start({ route, first: 'rejected' });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: VOICE });
    expect((await shown()).sends).toMatchObject([
      { n: 1, method: 'sms' },
      { n: 2, method: 'voice' },
    ]);
    const movements = await movementsOf(database, accountId, trackingId);
    expect(movements.sort()).toEqual(['charge', 'release', 'reserve', 'reserve']);
    await expectExactLedger(database, accountId);
  });

  test('replaces the originator where the route says so, and the timeline shows each', async () => {
    const originator = '12025550000';
    const route = [through('first', { originator }), through('second')];
    const { handle, trackingId, shown } = await start({ route, first: 'rejected' });
    await handle.result();
    expect(stage.first.originators.get(`${trackingId}:send:1`)).toBe(originator);
    expect(stage.second.originators.get(`${trackingId}:send:1.2`)).toBe('Twostep');
    const { timeline } = await shown();
    expect(timeline).toContainEqual(
      expect.objectContaining({
        event: 'opened',
        rules: expect.objectContaining({ originator, originatorFrom: 'the route' }),
      }),
    );
    expect(timeline).toContainEqual(expect.objectContaining({ event: 'nextStep', originator: 'Twostep' }));
  });
});

describe('a later step by voice that the balance does not suffice for is left out, and the timeline says why:', () => {
  const balance = SMS + VOICE - 1;
  const route = [through('first', { waitForReceiptSeconds: 20 }), through('second', { method: 'voice' })];
  const why = { method: 'voice', carrier: 'second', reason: 'the balance did not suffice' };
  /** Once the step was left out; the sends and the status there were by then. */
  const leftOut = async ({ told, shown }: Awaited<ReturnType<typeof start>>) => {
    expect(await told('noNextStep')).toMatchObject(why);
    return await shown();
  };

  test('an accepted message that nothing is heard of stays charged, and Pending to its end', async () => {
    const started = await start({ route, balance });
    expect(await started.handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    expect((await leftOut(started)).sends).toHaveLength(1);
    await expectExactLedger(database, started.accountId);
  });

  test('an accepted message that was not delivered stays charged, and its code may still be typed', async () => {
    const started = await start({ route, balance });
    await started.told('charged');
    await started.report('first', 'undelivered');
    expect(await leftOut(started)).toMatchObject({ status: 'Pending', sends: [{ carrier: 'first' }] });
    await started.answer();
    expect(await started.handle.result()).toMatchObject({ outcome: 'Verified', charged: SMS });
    await expectExactLedger(database, started.accountId);
  });

  test('a message nobody knows of stays Pending to its end, and is given back there', async () => {
    const started = await start({ route, balance, first: 'unknown' });
    await started.told('unknown');
    await environment.sleep(21_000);
    expect(await leftOut(started)).toMatchObject({ status: 'Pending', sends: [{ outcome: { kind: 'unknown' } }] });
    expect(await started.handle.result()).toMatchObject({ outcome: 'Expired', charged: 0 });
    const movements = await movementsOf(database, started.accountId, started.trackingId);
    expect(movements.filter((kind) => kind === 'charge')).toEqual([]);
    expect(await expectExactLedger(database, started.accountId)).toMatchObject({ available: balance, reserved: 0 });
  });

  test('a message nobody knew of is charged once its receipt comes, however late', async () => {
    const started = await start({ route, balance, first: 'unknown' });
    await started.told('unknown');
    await environment.sleep(21_000);
    await leftOut(started);
    await started.report('first', 'delivered');
    await started.told('charged');
    expect(await started.handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    await expectExactLedger(database, started.accountId);
  });

  test.each(['rejected', 'fault'] as const)(
    'a message that surely never left (%s) fails at once, and its price comes back',
    async (first) => {
      const started = await start({ route, balance, first });
      expect(await started.handle.result()).toMatchObject({ outcome: 'Failed', charged: 0 });
      const { timeline, sends } = await leftOut(started);
      expect(sends).toHaveLength(1);
      expect(at(timeline, 'failed') - at(timeline, 'opened')).toBeLessThan(20_000);
      expect(await expectExactLedger(database, started.accountId)).toMatchObject({ available: balance, reserved: 0 });
    },
  );

  test('the step after it is taken, when that is paid for', async () => {
    const started = await start({ route: [...route, through('second')], balance, first: 'rejected' });
    expect(await started.handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    expect((await leftOut(started)).sends).toMatchObject([
      { n: 1, carrier: 'first' },
      { n: 1, step: 2, carrier: 'second', method: 'sms' },
    ]);
  });
});

test('carriers that all refuse fail the verification at once, and its price comes back once', async () => {
  const route = [through('first'), through('second')];
  const { handle, accountId, trackingId } = await start({ route, first: 'rejected', second: 'rejected' });
  expect(await handle.result()).toMatchObject({ outcome: 'Failed', charged: 0 });
  expect(await movementsOf(database, accountId, trackingId)).toEqual(['reserve', 'release']);
});

test('a report on a send of another carrier, or on none, changes nothing', async () => {
  const { handle, shown, told } = await start({ route: silent });
  await told('charged');
  const forged = { n: 1, step: 1, carrier: 'second', state: 'undelivered', at: 0 } as const;
  await handle.signal(deliveryReportSignal, saying(deliveryReportSignal, forged));
  await handle.signal(deliveryReportSignal, saying(deliveryReportSignal, { ...forged, carrier: 'first', step: 7 }));
  await handle.signal(deliveryReportSignal, saying(deliveryReportSignal, null as never));
  await environment.sleep(10_000);
  expect((await shown()).sends).toHaveLength(1);
  expect((await shown()).timeline.filter(({ event }) => event === 'receipt')).toEqual([]);
  await handle.terminate();
});
