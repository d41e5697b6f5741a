// What every carrier must keep of `carriers/carrier.ts`, as tests: each carrier runs them with its own network behind it.
import { describe, expect, test } from 'vitest';
import {
  type Carrier,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
} from '../../carriers/carrier.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { eventually } from '../support/eventually.ts';
import { outgoing } from '../support/smpp-carrier.ts';

/** What the network does with the next message; each returns the recipient to send it to. */
export interface Situations {
  accepts(): Promise<string>;
  refuses(): Promise<string>;
  /** Refuses once for now, or twice, then accepts. */
  isBusy(): Promise<string>;
  /** As busy, and says for how long. */
  throttles?(): Promise<string>;
  /** Accepts, and its answer never comes. */
  losesItsAnswer(): Promise<string>;
  /** Ends the connection after accepting. */
  dropsTheConnection?(): Promise<string>;
  /** Refuses the carrier itself: its credentials, its account. */
  refusesTheCarrier?(): Promise<string>;
  reportsDelivered?(): Promise<string>;
  reportsUndelivered?(): Promise<string>;
}

/** What a network may not know; it is left out of the harness, and named as missing. */
export type MaybeMissing = {
  [S in keyof Situations]-?: undefined extends Situations[S] ? S : never;
}[keyof Situations];

export interface CarrierHarness {
  readonly situations: Situations;
  /** The carrier, ready to send in the situation just made. */
  carrier(): Promise<Carrier>;
  /** How many messages the network accepted so far, parts of one counted together. */
  accepted(): Promise<number>;
  /** Receipts the carrier handed on. */
  receipts(): readonly Receipt[];
  /** What no error may hold, besides number and text. */
  readonly secrets?: readonly string[];
  /** Calls instead of SMS: one part each, however long. */
  readonly method?: 'voice';
}

const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:1';
const CODE = '482915';
const LONG = `${'Your code follows after this long explanation. '.repeat(4)}Code: ${CODE}`;

function messageFor({ method }: CarrierHarness, changes: Partial<OutgoingMessage>): OutgoingMessage {
  const message = outgoing(changes);
  return method ? { ...message, method, parts: 1, speech: { text: message.text, language: 'en' } } : message;
}

/** @param missing situations there cannot be: what is asked of a carrier in them is no test of this one */
export function describeCarrierContract(make: () => CarrierHarness, missing: readonly MaybeMissing[] = []): void {
  let sends = 0;

  /** A test of one situation, handed the harness and the recipient. */
  function testIn(
    situation: MaybeMissing,
    title: string,
    run: (harness: CarrierHarness, recipient: string) => Promise<void>,
  ): void {
    if (missing.includes(situation)) return;
    test(title, async () => {
      const harness = make();
      const arrange =
        harness.situations[situation] ?? expect.unreachable(`arrange ${situation}, or name it as missing`);
      await run(harness, await arrange());
    });
  }

  async function attempt(harness: CarrierHarness, recipient: string, changes: Partial<OutgoingMessage> = {}) {
    sends += 1;
    const message = messageFor(harness, { recipient, text: `Your code: ${CODE}`, ...changes });
    const carrier = await harness.carrier();
    return await carrier.send(message, `${KEY}${sends}`);
  }

  async function failure(harness: CarrierHarness, recipient: string, changes: Partial<OutgoingMessage> = {}) {
    const error = await attempt(harness, recipient, changes).then(
      () => expect.unreachable('the send was accepted'),
      (thrown: unknown) => thrown,
    );
    const shown = error instanceof Error ? `${error.message} ${error.stack} ${String(error.cause)}` : String(error);
    for (const secret of [CODE, recipient.slice(1), ...(harness.secrets ?? [])]) expect(shown).not.toContain(secret);
    return error;
  }

  describe('the contract of a carrier', () => {
    test('an accepted message left once, and is named for its receipts', async () => {
      const harness = make();
      const acceptance = await attempt(harness, await harness.situations.accepts());
      expect(acceptance.parts).toBe(1);
      expect(acceptance.messageIds).toHaveLength(1);
      expect(acceptance.messageIds[0]).toMatch(/\S/);
      expect(await harness.accepted()).toBe(1);
    });

    test('a long message is one message, of the parts the customer pays', async () => {
      const harness = make();
      const { parts } = await attempt(harness, await harness.situations.accepts(), { text: LONG });
      expect(parts).toBe(messageFor(harness, { text: LONG }).parts);
      expect(await harness.accepted()).toBe(1);
    });

    test('a refused message is CarrierRejected, and none left', async () => {
      const harness = make();
      expect(await failure(harness, await harness.situations.refuses())).toBeInstanceOf(CarrierRejected);
      expect(await harness.accepted()).toBe(0);
    });

    test('a busy network is CarrierUnavailable, none left, and a repeat is accepted', async () => {
      const harness = make();
      const recipient = await harness.situations.isBusy();
      expect(await failure(harness, recipient)).toBeInstanceOf(CarrierUnavailable);
      expect(await harness.accepted()).toBe(0);
      await attempt(harness, recipient, { attempt: 3 });
      expect(await harness.accepted()).toBe(1);
    });

    const throttled = 'a network that throttles is CarrierUnavailable with the time to wait, and a repeat is accepted';
    testIn('throttles', throttled, async (harness, recipient) => {
      const error = await failure(harness, recipient);
      expect(error).toBeInstanceOf(CarrierUnavailable);
      expect((error as CarrierUnavailable).retryAfterMs).toBeGreaterThan(0);
      expect(await harness.accepted()).toBe(0);
      await attempt(harness, recipient, { attempt: 2 });
      expect(await harness.accepted()).toBe(1);
    });

    test('an answer that never comes is CarrierOutcomeUnknown, whatever became of the message', async () => {
      const harness = make();
      const recipient = await harness.situations.losesItsAnswer();
      expect(await failure(harness, recipient)).toBeInstanceOf(CarrierOutcomeUnknown);
      expect(await harness.accepted()).toBe(1);
    });

    const dropped = 'a connection that ends after accepting is CarrierOutcomeUnknown, and nothing is sent again';
    testIn('dropsTheConnection', dropped, async (harness, recipient) => {
      expect(await failure(harness, recipient)).toBeInstanceOf(CarrierOutcomeUnknown);
      expect(await harness.accepted()).toBe(1);
    });

    testIn('refusesTheCarrier', 'refused credentials are CarrierFault, and none left', async (harness, recipient) => {
      expect(await failure(harness, recipient)).toBeInstanceOf(CarrierFault);
      expect(await harness.accepted()).toBe(0);
    });

    for (const [state, situation] of [
      ['delivered', 'reportsDelivered'],
      ['undelivered', 'reportsUndelivered'],
    ] as const) {
      testIn(situation, `a receipt says ${state} of the id that was accepted`, async (harness, recipient) => {
        const { messageIds } = await attempt(harness, recipient);
        const receipt = await eventually('the receipt is taken', async () => harness.receipts()[0]);
        expect(receipt).toMatchObject({ state, messageId: messageIds[0] });
      });
    }

    test('closing waits for what is under way', async () => {
      const harness = make();
      const recipient = await harness.situations.accepts();
      const carrier = await harness.carrier();
      const underWay = carrier.send(messageFor(harness, { recipient }), KEY);
      await Promise.all([expect(underWay).resolves.toMatchObject({ parts: 1 }), carrier.close?.()]);
      expect(await harness.accepted()).toBe(1);
    });
  });
}
