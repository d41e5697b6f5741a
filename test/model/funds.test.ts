// The real movements over an account in memory, with every database step interleaved at random.
// FUNDS_MODEL_RUNS=200000 for a long run; FUNDS_MODEL_SEED=<n> to begin elsewhere.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LedgerOperation, noReservation, reserveOperation, settleOperation } from '../../domain/ledger.ts';
import type { FundsResult } from '../../store/funds.ts';
import { brokenLaw } from './invariants.ts';
import { MemoryFunds } from './memory-funds.ts';
import { type Asked, Process } from './process.ts';
import { playRun } from './random-run.ts';

const RUNS = Number(process.env.FUNDS_MODEL_RUNS ?? 20_000);
const FIRST_SEED = Number(process.env.FUNDS_MODEL_SEED ?? 0);

const { now: realNow } = Date;
let clock = 0;
const setClock = (now: number) => {
  clock = now;
};
// Set some hundred times in each run, which fake timers are too slow for.
beforeAll(() => {
  Date.now = () => clock;
});
afterAll(() => {
  Date.now = realNow;
});

test(
  'whoever crashes, repeats or freezes, every operation happens once and the rows tell the exact story',
  async () => {
    let [refused, conflicts] = [0, 0];
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed += 1) {
      const run = await playRun(seed, setClock);
      const broken = brokenLaw(run);
      if (broken) {
        const { trace } = await playRun(seed, setClock, true);
        throw new Error(`Run ${seed}: ${broken}\n${trace.join('\n')}`);
      }
      if (run.tasks.some(({ word }) => word === 'insufficient')) refused += 1;
      if (run.answers.length > run.tasks.length) conflicts += 1;
    }
    // Runs in which nothing interesting happened would prove nothing.
    expect(refused / RUNS).toBeGreaterThan(0.1);
    expect(conflicts / RUNS).toBeGreaterThan(0.3);
  },
  RUNS * 20,
);

const reserve = reserveOperation('t', 1, 10);
const topUp = (n: number): LedgerOperation => ({ _id: `topUp:${n}`, kind: 'topUp', delta: 10, amount: 10 });
const toTheEnd = async (process: Process) => {
  while (!process.isIdle) await process.step();
};
/** By a process that does nothing else. */
const made = async (memory: MemoryFunds, operation: LedgerOperation, deadline?: number) => {
  const process = new Process(memory);
  const asked = await process.ask(operation, deadline);
  await toTheEnd(process);
  return asked.result;
};

describe('a reserve frozen past its deadline at any step', () => {
  /** A is frozen after `steps`, the others do their work, A wakes. Undefined when A ended before it could freeze. */
  async function frozenAfter(steps: number, begin: (memory: MemoryFunds) => Promise<void>, between: LedgerOperation[]) {
    setClock(0);
    const memory = new MemoryFunds(0);
    await begin(memory);
    const process = new Process(memory);
    const a = await process.ask(reserve, 1_000);
    for (let n = 0; n < steps; n += 1) await process.step();
    if (a.result !== undefined) return undefined;
    setClock(1_001);
    for (const operation of between) await made(memory, operation);
    const b = await made(memory, reserve, 2_000);
    await made(memory, topUp(9));
    await toTheEnd(process);
    const woken = a.result as FundsResult | Error | undefined;
    return { b, woken, reserved: memory.rows().filter(({ _id }) => _id === reserve._id).length };
  }

  test('reserves nothing once its repeat was answered insufficient, whatever was topped up meanwhile', async () => {
    let frozen = 0;
    for (let steps = 0; ; steps += 1) {
      const seen = await frozenAfter(steps, async () => {}, []);
      if (!seen) break;
      frozen += 1;
      expect([seen.b, seen.reserved], `after ${steps} steps`).toEqual(['insufficient', 0]);
      expect(seen.woken instanceof Error || seen.woken === 'insufficient').toBe(true);
    }
    expect(frozen).toBeGreaterThanOrEqual(4);
  });

  test('reserves exactly what its repeat was told when the money it saw went elsewhere', async () => {
    const funded = async (memory: MemoryFunds) => void (await made(memory, topUp(1)));
    const heard = new Set<string>();
    for (let steps = 0; ; steps += 1) {
      const seen = await frozenAfter(steps, funded, [reserveOperation('other', 1, 10)]);
      if (!seen) break;
      heard.add(seen.b === 'insufficient' ? seen.b : 'row');
      expect(seen.reserved, `after ${steps} steps`).toBe(seen.b === 'insufficient' ? 0 : 1);
    }
    // Frozen before its write and after it: both were seen.
    expect([...heard].sort()).toEqual(['insufficient', 'row']);
  });
});

describe('movements that wait together', () => {
  /** Asks for all of them while the first one's call stands still. */
  async function together(memory: MemoryFunds, operations: readonly LedgerOperation[]) {
    const process = new Process(memory);
    const asked: Asked[] = [];
    for (const operation of operations) asked.push(await process.ask(operation));
    let writes = 0;
    while (!process.isIdle) {
      if (process.waitingFor === 'accounts.updateOne') writes += 1;
      await process.step();
    }
    return { writes, results: asked.map(({ result }) => result) };
  }

  test('are made by one write behind the first one', async () => {
    const memory = new MemoryFunds(0);
    const { writes, results } = await together(
      memory,
      Array.from({ length: 20 }, (_, n) => topUp(n)),
    );
    expect(results.map((result) => (result as { seq?: number }).seq)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    expect(writes).toBe(2);
  });

  test('leave one row under one id, of which all who asked are told', async () => {
    const memory = new MemoryFunds(null);
    const { results } = await together(memory, [topUp(1), reserve, reserve, noReservation('t', 1)]);
    expect(results.slice(1).map((result) => (result as { kind?: string }).kind)).toEqual([
      'reserve',
      'reserve',
      'reserve',
    ]);
    expect(memory.rows()).toHaveLength(2);
  });

  test('a reserve that only a release of the same batch covers is made after it', async () => {
    const memory = new MemoryFunds(0);
    await made(memory, topUp(1));
    await made(memory, reserveOperation('other', 1, 10));
    const { results } = await together(memory, [topUp(2), reserve, settleOperation('other', 1, 'release', 10)]);
    expect(results.map((result) => (typeof result === 'string' ? result : 'row'))).toEqual(['row', 'row', 'row']);
  });
});
