// The real moveFunds over an account in memory, with every database step interleaved at random.
// FUNDS_MODEL_RUNS=200000 for a long run; FUNDS_MODEL_SEED=<n> to begin elsewhere.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LedgerOperation, reserveOperation } from '../../domain/ledger.ts';
import { type Executor, startExecutor } from './executor.ts';
import { brokenLaw } from './invariants.ts';
import { MemoryFunds } from './memory-funds.ts';
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
const toTheEnd = async (executor: Executor) => {
  while (executor.result === undefined) await executor.step();
  return executor.result;
};

describe('a reserve frozen past its deadline at any step', () => {
  /** A is frozen after `steps`, the others do their work, A wakes. Undefined when A ended before it could freeze. */
  async function frozenAfter(steps: number, begin: (memory: MemoryFunds) => Promise<void>, between: LedgerOperation[]) {
    setClock(0);
    const memory = new MemoryFunds(0);
    await begin(memory);
    const a = startExecutor(memory, reserve, 1_000);
    for (let n = 0; n < steps; n += 1) await a.step();
    if (a.result !== undefined) return undefined;
    setClock(1_001);
    for (const operation of between) await toTheEnd(startExecutor(memory, operation));
    const b = await toTheEnd(startExecutor(memory, reserve, 2_000));
    await toTheEnd(startExecutor(memory, topUp(9)));
    const woken = await toTheEnd(a);
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
    const funded = async (memory: MemoryFunds) => void (await toTheEnd(startExecutor(memory, topUp(1))));
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
