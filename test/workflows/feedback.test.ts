// What carriers are told after a right answer, on the time-skipping server: last of all, and at no cost to anything else.
import proto from '@temporalio/proto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cancellationSignal, deliveryReportSignal, saying } from '../../workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createRouteStage, type RouteStage, SMS, through } from '../support/route-stage.ts';
import { messageIdOf } from '../support/scripted-carrier.ts';

const { EventType } = proto.temporal.api.enums.v1;

let stage: RouteStage;
let start: RouteStage['start'];
let receiver: Receiver;
/** What a carrier does when it is told. */
let answerOf: () => Promise<void>;

beforeAll(async () => {
  receiver = await startReceiver();
  const feedback = (carrier: string) => (carrier === 'second' ? Promise.resolve() : answerOf());
  stage = await createRouteStage({ feedback, allowedHosts: [receiver.host] });
  ({ start } = stage);
});
afterAll(async () => {
  await stage?.stop();
  await receiver?.stop();
});
beforeEach(() => {
  answerOf = async () => undefined;
});

type Started = Awaited<ReturnType<RouteStage['start']>>;

const toldOf = ({ trackingId }: Started) =>
  ([stage.first, stage.second] as const).map(({ told }) => told.filter((ids) => ids.join().includes(trackingId)));
const firstMessage = ({ trackingId }: Started) => messageIdOf('first', `${trackingId}:send:1`);
const secondMessage = ({ trackingId }: Started) => messageIdOf('second', `${trackingId}:send:1.2`);
const eventsOf = async ({ shown }: Started) => (await shown()).timeline.map(({ event }) => event);
const scheduledIn = async ({ handle }: Started) =>
  ((await handle.fetchHistory()).events ?? []).flatMap(
    ({ activityTaskScheduledEventAttributes }) => activityTaskScheduledEventAttributes?.activityType?.name ?? [],
  );

/** A right answer to a message that was accepted and paid for. */
async function verified(started: Started) {
  await started.told('charged');
  await started.answer();
  expect(await started.handle.result()).toMatchObject({ outcome: 'Verified', charged: SMS });
}

describe('a carrier that wants to know of typed codes', () => {
  test('is told once after the right answer, when everything else is done', async () => {
    const started = await start({ route: [through('first')], fields: { callbackUrl: receiver.url } });
    await verified(started);
    expect(toldOf(started)).toEqual([[[firstMessage(started)]], []]);
    expect((await eventsOf(started)).slice(-2)).toEqual(['verified', 'carrierTold']);
    const { events } = await started.handle.fetchHistory();
    const types = (events ?? []).map(({ eventType }) => eventType);
    const scheduled = types.lastIndexOf(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED);
    expect(await scheduledIn(started)).toEqual(['sendCode', 'reportVerified']);
    expect(types.indexOf(EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED)).toBeGreaterThan(0);
    expect(types.indexOf(EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED)).toBeLessThan(scheduled);
  });

  test('that takes its time holds up neither status nor money, and the verification for a minute at most', async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    answerOf = () => held;
    const started = await start({ route: [through('first')] });
    const { told, trackingId, accountId, shown, handle } = started;
    await told('charged');
    await started.answer();
    await eventually('it is asked', async () => toldOf(started)[0]?.length === 1);
    expect(await shown()).toMatchObject({ status: 'Verified' });
    expect(await movementsOf(stage.database, accountId, trackingId)).toEqual(['reserve', 'charge']);
    answer();
    expect(await handle.result()).toMatchObject({ outcome: 'Verified' });
    expect((await eventsOf(started)).at(-1)).toBe('carrierTold');
    const scheduled = (await handle.fetchHistory()).events?.findLast(
      (each) => each.activityTaskScheduledEventAttributes,
    );
    const { scheduleToCloseTimeout, taskQueue } = scheduled?.activityTaskScheduledEventAttributes ?? {};
    expect(Number(scheduleToCloseTimeout?.seconds)).toBe(60);
    expect(taskQueue?.name).toBe('feedback-first');
    await expectExactLedger(stage.database, accountId);
  });

  test('that never answers holds up no send of its own', async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    answerOf = () => held;
    const waiting = await Promise.all(Array.from({ length: 5 }, () => start({ route: [through('first')] })));
    for (const each of waiting) {
      await each.told('charged');
      await each.answer();
    }
    const told = () => waiting.filter((each) => toldOf(each)[0]?.length === 1).length;
    await eventually('four are asked at once', async () => told() === 4);
    const next = await start({ route: [through('first')] });
    await next.told('charged');
    expect(told()).toBe(4);
    answer();
    for (const each of waiting) expect(await each.handle.result()).toMatchObject({ outcome: 'Verified' });
    expect(told()).toBe(5);
    const receivedAt = await stage.environment.currentTimeMs();
    await next.handle.signal(cancellationSignal, saying(cancellationSignal, { attemptId: 'cancel', receivedAt }));
    await next.handle.result();
  });

  test('that fails is told three times, and the timeline says in one line that it could not be', async () => {
    answerOf = () => Promise.reject(new Error('+12025550110 is not to be told'));
    const started = await start({ route: [through('first')] });
    await verified(started);
    expect(toldOf(started)[0]).toHaveLength(3);
    expect((await eventsOf(started)).slice(-2)).toEqual(['verified', 'carrierNotTold']);
  });

  test('and hears nothing of a verification that ends in another way', async () => {
    const started = await start({ route: [through('first')] });
    await started.told('charged');
    const receivedAt = await stage.environment.currentTimeMs();
    await started.handle.signal(cancellationSignal, saying(cancellationSignal, { attemptId: 'cancel', receivedAt }));
    expect(await started.handle.result()).toMatchObject({ outcome: 'Cancelled' });
    const expired = await start({ route: [through('first')] });
    expect(await expired.handle.result()).toMatchObject({ outcome: 'Expired' });
    expect([toldOf(started), toldOf(expired)]).toEqual([
      [[], []],
      [[], []],
    ]);
  });
});

describe('the carriers of a route', () => {
  const route = [through('first', { waitForReceiptSeconds: 20 }), through('second')];

  test('are both told when both accepted and neither is known to have lost it', async () => {
    const started = await start({ route });
    await started.told('charged');
    await stage.environment.sleep(21_000);
    await started.told('nextStep');
    await eventually('both accepted', async () => (await started.shown()).sends[1]?.outcome?.kind === 'accepted');
    await verified(started);
    expect(toldOf(started)).toEqual([[[firstMessage(started)]], [[secondMessage(started)]]]);
  });

  test('are told where the message may have arrived: not by the one that reported undelivered', async () => {
    const started = await start({ route });
    await started.told('charged');
    await started.report('first', 'undelivered');
    await eventually('the second accepted', async () => (await started.shown()).sends[1]?.outcome?.kind === 'accepted');
    await verified(started);
    expect(toldOf(started)).toEqual([[], [[secondMessage(started)]]]);
  });

  test('are told, too, where a receipt alone showed the acceptance', async () => {
    const started = await start({ route: [through('first')], first: 'unknown' });
    await started.told('unknown');
    await started.report('first', 'delivered');
    await verified(started);
    expect(toldOf(started)).toEqual([[[firstMessage(started)]], []]);
  });
});

describe('a carrier that does not want to know', () => {
  test('costs no activity and no marker', async () => {
    const started = await start({ route: [through('sandbox')] });
    await verified(started);
    expect(await scheduledIn(started)).toEqual(['sendCode']);
    const { events = [] } = await started.handle.fetchHistory();
    const markers = events?.flatMap(({ markerRecordedEventAttributes: marker }) => marker?.markerName ?? []);
    expect(new Set(markers)).toEqual(new Set(['core_local_activity']));
    expect((await eventsOf(started)).at(-1)).toBe('verified');
  });

  test('is asked where a receipt alone showed the acceptance, and the timeline says nothing of it', async () => {
    const recipient = '+12025550104';
    const started = await start({ route: [through('sandbox')], fields: { recipient } });
    await stage.environment.sleep(20_000);
    await started.told('unknown');
    const report = { n: 1, step: 1, carrier: 'sandbox', messageId: 'm', state: 'delivered', at: 0 } as const;
    await started.handle.signal(deliveryReportSignal, saying(deliveryReportSignal, report));
    await verified(started);
    expect((await scheduledIn(started)).at(-1)).toBe('reportVerified');
    expect((await eventsOf(started)).at(-1)).toBe('verified');
  });
});
