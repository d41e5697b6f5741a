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

/** What the network does with the next message; each returns the recipient to send it to. Left out where it cannot be. */
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

export function describeCarrierContract(make: () => CarrierHarness): void {
  let sends = 0;

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

    test('a network that throttles is CarrierUnavailable with the time to wait, and a repeat is accepted', async (context) => {
      const harness = make();
      if (!harness.situations.throttles) return context.skip();
      const recipient = await harness.situations.throttles();
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

    test('a connection that ends after accepting is CarrierOutcomeUnknown, and nothing is sent again', async (context) => {
      const harness = make();
      if (!harness.situations.dropsTheConnection) return context.skip();
      const recipient = await harness.situations.dropsTheConnection();
      expect(await failure(harness, recipient)).toBeInstanceOf(CarrierOutcomeUnknown);
      expect(await harness.accepted()).toBe(1);
    });

    test('refused credentials are CarrierFault, and none left', async (context) => {
      const harness = make();
      if (!harness.situations.refusesTheCarrier) return context.skip();
      const recipient = await harness.situations.refusesTheCarrier();
      expect(await failure(harness, recipient)).toBeInstanceOf(CarrierFault);
      expect(await harness.accepted()).toBe(0);
    });

    test.each(['delivered', 'undelivered'] as const)('a receipt says %s of the id that was accepted', async (state) => {
      const harness = make();
      const { reportsDelivered, reportsUndelivered } = harness.situations;
      const arrange = state === 'delivered' ? reportsDelivered : reportsUndelivered;
      if (!arrange) return;
      const { messageIds } = await attempt(harness, await arrange());
      const receipt = await eventually('the receipt is taken', async () => harness.receipts()[0]);
      expect(receipt).toMatchObject({ state, messageId: messageIds[0] });
    });

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
