// The circuit around a carrier: what opens it, that nothing passes while it is open, and how it closes again.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type Acceptance,
  type Carrier,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
} from '../../carriers/carrier.ts';
import { type CircuitChange, withCircuit } from '../../carriers/circuit.ts';

const acceptance: Acceptance = { messageIds: ['m'], parts: 1 };
const message = {} as OutgoingMessage;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A carrier that answers as it is told at the moment. */
function circuit() {
  const changes: CircuitChange[] = [];
  const state = { answer: async () => acceptance, asked: 0 };
  const carrier: Carrier = {
    name: 'fake',
    receipts: true,
    async send() {
      state.asked += 1;
      return await state.answer();
    },
  };
  const guarded = withCircuit(carrier, (change) => void changes.push(change));
  return {
    changes,
    guarded,
    asked: () => state.asked,
    answers(answer: () => Promise<Acceptance>) {
      state.answer = answer;
    },
    fails(error: Error) {
      state.answer = async () => {
        throw error;
      };
    },
    works() {
      state.answer = async () => acceptance;
    },
    /** What a send comes to: the acceptance, or the error. */
    send: () => guarded.send(message, 'key').catch((error: unknown) => error),
  };
}
type Circuit = ReturnType<typeof circuit>;

async function times(n: number, one: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < n; i += 1) await one();
}
const states = ({ changes }: Circuit) => changes.map(({ state }) => state);

describe('a circuit', () => {
  test('lets acceptances and errors through as they are', async () => {
    const c = circuit();
    expect(await c.send()).toBe(acceptance);
    for (const error of [
      new CarrierRejected('no'),
      new CarrierUnavailable('busy', 500),
      new CarrierOutcomeUnknown('?'),
    ]) {
      c.fails(error);
      expect(await c.send()).toBe(error);
    }
    expect(c.changes).toEqual([]);
  });

  test('opens on the second fault in a row, and then the carrier is not asked', async () => {
    const c = circuit();
    c.fails(new CarrierFault('credentials refused'));
    expect(await c.send()).toEqual(new CarrierFault('credentials refused'));
    expect(c.changes).toEqual([]);
    await c.send();
    expect(c.changes).toEqual([{ state: 'open', since: expect.any(Date), reason: 'credentials refused' }]);
    c.works();
    const kept = await c.send();
    expect(kept).toBeInstanceOf(CarrierFault);
    expect((kept as Error).message).toContain('its circuit is open');
    expect(c.asked()).toBe(2);
    expect(c.changes).toHaveLength(1);
  });

  test.each([
    ['an acceptance', (c: Circuit) => c.works()],
    ['a refused number', (c: Circuit) => c.fails(new CarrierRejected('no'))],
  ])('does not open on faults with %s between them', async (_, between) => {
    const c = circuit();
    await times(5, async () => {
      c.fails(new CarrierFault('down'));
      await c.send();
      between(c);
      await c.send();
    });
    expect(c.changes).toEqual([]);
  });

  test('never opens on refused numbers, however many', async () => {
    const c = circuit();
    c.fails(new CarrierRejected('no such number'));
    await times(100, c.send);
    expect(c.changes).toEqual([]);
    expect(c.asked()).toBe(100);
  });

  test.each([
    ['busy', () => new CarrierUnavailable('busy'), 'busy'],
    ['without an answer', () => new CarrierOutcomeUnknown('timed out'), 'timed out'],
    ['broken', () => new Error('+306948530920'), 'the carrier code failed unexpectedly'],
  ])(
    'opens when most of ten sends within half a minute find it %s, and quotes nothing but its own words',
    async (_, error, reason) => {
      const c = circuit();
      await times(3, c.send);
      c.fails(error());
      await times(6, c.send);
      expect(c.changes).toEqual([]);
      await c.send();
      expect(c.changes).toMatchObject([{ state: 'open', reason }]);
    },
  );

  test('stays closed when as many go wrong over a longer time', async () => {
    const c = circuit();
    c.fails(new CarrierUnavailable('busy'));
    await times(30, async () => {
      await c.send();
      vi.advanceTimersByTime(6_000);
    });
    expect(c.changes).toEqual([]);
  });

  test('opens when it answers too slowly, though it answers', async () => {
    const c = circuit();
    c.answers(async () => {
      vi.setSystemTime(Date.now() + 11_000);
      return acceptance;
    });
    expect(await c.send()).toBe(acceptance);
    // Side by side, so that ten of them end within the sample.
    let answer = (_: Acceptance) => {};
    const slowly = new Promise<Acceptance>((resolve) => (answer = resolve));
    c.answers(() => slowly);
    const sends = Promise.all(Array.from({ length: 10 }, c.send));
    vi.setSystemTime(Date.now() + 11_000);
    answer(acceptance);
    expect(await sends).toEqual(Array(10).fill(acceptance));
    expect(c.changes).toMatchObject([{ state: 'open', reason: 'it answers too slowly' }]);
  });

  test('lets one message try after a pause, keeps the others away meanwhile, and closes when it is taken', async () => {
    const c = circuit();
    c.fails(new CarrierFault('down'));
    await times(2, c.send);
    vi.advanceTimersByTime(4_999);
    await c.send();
    expect(c.asked()).toBe(2);
    vi.advanceTimersByTime(1);
    let accept = (_: Acceptance) => {};
    c.answers(() => new Promise((resolve) => (accept = resolve)));
    const tries = c.send();
    expect(await c.send()).toBeInstanceOf(CarrierFault);
    expect(c.asked()).toBe(3);
    accept(acceptance);
    expect(await tries).toBe(acceptance);
    expect(states(c)).toEqual(['open', 'closed']);
    c.works();
    expect(await c.send()).toBe(acceptance);
  });

  test('pauses longer each time the message that tries fails, and is not told of as opened again', async () => {
    const c = circuit();
    c.fails(new CarrierFault('down'));
    await times(2, c.send);
    vi.advanceTimersByTime(5_000);
    await c.send();
    expect(c.asked()).toBe(3);
    vi.advanceTimersByTime(5_000);
    await c.send();
    expect(c.asked()).toBe(3);
    vi.advanceTimersByTime(600_000);
    await c.send();
    expect(c.asked()).toBe(4);
    expect(states(c)).toEqual(['open']);
  });

  test('closes when the number that tries is refused: the carrier works', async () => {
    const c = circuit();
    c.fails(new CarrierFault('down'));
    await times(2, c.send);
    vi.advanceTimersByTime(5_000);
    c.fails(new CarrierRejected('no such number'));
    expect(await c.send()).toBeInstanceOf(CarrierRejected);
    expect(states(c)).toEqual(['open', 'closed']);
  });
});

test('a carrier with a circuit can do what it could before, and no more', async () => {
  const bare: Carrier = { name: 'a', receipts: false, send: async () => acceptance };
  expect(Object.keys(withCircuit(bare, () => {})).sort()).toEqual(['name', 'receipts', 'send']);
  const closed = vi.fn(async () => {});
  const able: Carrier = { ...bare, lookup: async () => 'notSent', reportVerified: async () => true, close: closed };
  const guarded = withCircuit(able, () => {});
  expect(await guarded.lookup?.({ idempotencyKey: 'k', recipient: 'r', parts: 1 })).toBe('notSent');
  await guarded.close?.();
  expect(closed).toHaveBeenCalledOnce();
});
