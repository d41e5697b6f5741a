// Several reports of one message, in any order: what proves more wins, and one that proves nothing is neither delivery nor failure.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReceiptsFor } from '../../domain/delivery-state.ts';
import type { DeliveryState } from '../../domain/receipt.ts';
import { deliveryReportSignal, saying } from '../../workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { createRouteStage, type RouteStage, through } from '../support/route-stage.ts';
import { type ScriptedCarrier, scriptedCarrier } from '../support/scripted-carrier.ts';

const WAIT = { waitForReceiptSeconds: 40 };
const PARTS = ['p1', 'p2', 'p3'];

let stage: RouteStage;
beforeAll(async () => {
  stage = await createRouteStage();
});
afterAll(() => stage?.stop());

/** Accepts each message in three parts with names of their own. */
const ofParts = (receiptsSpeakFor?: ReceiptsFor): ScriptedCarrier => ({
  ...scriptedCarrier('third', () => ({ outcome: 'accepted' })),
  ...(receiptsSpeakFor && { receiptsSpeakFor }),
  send: async () => ({ messageIds: PARTS, parts: 3 }),
});

describe('a message of three parts', () => {
  const once: [string, DeliveryState][] = [['p3', 'delivered']];
  test.each<[string, ReceiptsFor | undefined, [string, DeliveryState][], string | undefined]>([
    ['reported once, by a carrier that does so, goes nowhere else', 'message', once, undefined],
    ['reported by its first part goes nowhere else', 'message', [['p1', 'delivered']], undefined],
    [
      'reported once goes nowhere else where nobody knows, and says so',
      undefined,
      once,
      'a part of it was delivered, and nothing was reported of the others within 40 s',
    ],
    ['reported part by part goes nowhere else', 'part', PARTS.map((id) => [id, 'delivered']), undefined],
    ['with a part unreported goes on where each is reported', 'part', once, 'no receipt came within 40 s'],
    [
      'with a part not delivered goes on',
      undefined,
      [
        ['p1', 'delivered'],
        ['p2', 'undelivered'],
      ],
      'third could not deliver it',
    ],
    [
      'with a part not delivered goes on, in whatever order that came',
      undefined,
      [
        ['p2', 'undelivered'],
        ['p1', 'delivered'],
      ],
      'third could not deliver it',
    ],
    [
      'of which nothing but that it is under way is known goes on',
      'message',
      PARTS.map((id) => [id, 'underway']),
      'no receipt came within 40 s',
    ],
  ])('%s', async (_what, receiptsSpeakFor, reports, reason) => {
    const running = await stage.startThird(ofParts(receiptsSpeakFor));
    const { handle, shown, told } = await stage.start({ route: [through('third', WAIT), through('second')] });
    await told('charged');
    for (const [messageId, state] of reports) {
      await handle.signal(
        deliveryReportSignal,
        saying(deliveryReportSignal, { n: 1, step: 1, carrier: 'third', messageId, state, at: 0 }),
      );
    }
    await handle.result();
    await running.holdBack();
    const { sends, timeline } = await shown();
    const goesOn = reason !== undefined && !reason.startsWith('a part');
    expect(sends.map(({ carrier }) => carrier)).toEqual(goesOn ? ['third', 'second'] : ['third']);
    const ends = timeline.filter(({ event }) => event === 'nextStep' || event === 'noNextStep');
    expect(ends).toMatchObject(reason === undefined ? [] : [{ event: goesOn ? 'nextStep' : 'noNextStep', reason }]);
  });
});

test.each<[string, DeliveryState[], number]>([
  ['delivered after undelivered', ['undelivered', 'delivered'], 2],
  ['undelivered after delivered', ['delivered', 'undelivered'], 1],
  ['under way after delivered', ['delivered', 'underway'], 1],
  ['delivered after under way', ['underway', 'delivered'], 1],
  ['undelivered after under way', ['underway', 'undelivered'], 3],
  ['under way after undelivered', ['undelivered', 'underway'], 3],
])(
  'of one message that is reported %s, no more is sent than the strongest report leaves room for',
  async (_what, states, sends) => {
    const route = [through('first', WAIT), through('second', WAIT), through('first')];
    const { handle, shown, told, report } = await stage.start({ route });
    await told('charged');
    for (const [at, state] of states.entries()) {
      await report('first', state);
      if (state === 'undelivered' && at === 0) {
        await eventually('the next step has begun', async () => (await shown()).sends[1]?.outcome !== undefined);
      }
    }
    await handle.result();
    expect((await shown()).sends).toHaveLength(sends);
  },
);
