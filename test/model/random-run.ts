// One random life of an account: an engine that repeats what timed out, and executors that crash, freeze and lose answers.
import type { LedgerOperation } from '../../domain/ledger.ts';
import type { FundsResult } from '../../store/funds.ts';
import { type Executor, startExecutor } from './executor.ts';
import { MemoryFunds } from './memory-funds.ts';
import { chanceOf } from './random.ts';
import { type Attempt, firstTasks, followUp, type Task } from './tasks.ts';

const TIMEOUT_MS = 1_000;
const MARGIN_MS = 100;
/** From this step on nothing goes wrong any more, so that every run ends. */
const CALM_AFTER = 250;
const NEVER_ENDS = 20_000;
const BEGIN = 1_000_000;

/** Plays the run of a number to its end; `setClock` moves the time that `Date` tells. */
export async function playRun(seed: number, setClock: (now: number) => void, traced = false): Promise<RandomRun> {
  const run = new RandomRun(seed, setClock, traced);
  for (let step = 0; !run.ended(); step += 1) {
    if (step > NEVER_ENDS) throw new Error(`Run ${seed} never ends`);
    await run.step(step > CALM_AFTER);
  }
  return run;
}

export class RandomRun {
  readonly memory: MemoryFunds;
  /** Everything the engine wanted so far. */
  readonly tasks: Task[] = [];
  /** Every answer any executor gave, heard or not. */
  readonly answers: { readonly operation: LedgerOperation; readonly result: FundsResult | Error }[] = [];
  readonly trace: string[] = [];
  readonly #chance;
  readonly #setClock;
  readonly #traced;
  readonly #waiting: Task[];
  readonly #attempts: Attempt[] = [];
  /** Of crashed executors: what they had sent may still arrive. */
  readonly #inFlight: Executor[] = [];
  #now = BEGIN;

  constructor(seed: number, setClock: (now: number) => void, traced: boolean) {
    this.#chance = chanceOf(seed);
    this.#setClock = setClock;
    this.#traced = traced;
    this.memory = new MemoryFunds(this.#chance.pick([0, 0, 0, 15, null]) ?? null);
    this.#waiting = firstTasks(this.#chance);
    setClock(this.#now);
  }

  ended(): boolean {
    return this.#waiting.length + this.#attempts.length === 0 && this.tasks.every(({ word }) => word !== undefined);
  }

  async step(calm: boolean): Promise<void> {
    const chance = this.#chance;
    this.#passTime(calm);
    if (calm || chance.happens(0.1)) this.tasks.push(...this.#waiting.splice(0, 1));
    for (const task of this.tasks) if (task.word === undefined && this.#isToBegin(task, calm)) this.#begin(task);
    if (this.#inFlight.length > 0 && chance.happens(0.1)) {
      await this.#inFlight.splice(chance.below(this.#inFlight.length), 1)[0]?.step();
    }
    const index = chance.below(this.#attempts.length);
    const attempt = this.#attempts[index];
    if (!attempt || (!calm && attempt.frozenUntil > this.#now)) return;
    if (!calm && chance.happens(0.03)) {
      attempt.frozenUntil = this.#now + chance.below(4_000);
      this.#note('freezes', attempt.executor);
    } else if (!calm && chance.happens(0.02)) {
      this.#attempts.splice(index, 1);
      if (chance.happens(0.5)) this.#inFlight.push(attempt.executor);
      this.#note('crashes', attempt.executor);
    } else {
      this.#note('steps', attempt.executor);
      await attempt.executor.step();
      if (attempt.executor.result === undefined) return;
      this.#attempts.splice(index, 1);
      this.#hear(attempt, attempt.executor.result);
    }
  }

  #passTime(calm: boolean): void {
    if (calm) this.#now += this.#attempts.length === 0 ? TIMEOUT_MS : this.#chance.below(2);
    else this.#now += this.#chance.happens(0.04) ? this.#chance.below(1_500) : this.#chance.below(4);
    this.#setClock(this.#now);
  }

  /** A settlement is sometimes repeated while an earlier attempt still has time: it needs no deadline to be safe. */
  #isToBegin({ attempt, deadlined }: Task, calm: boolean): boolean {
    return !attempt || this.#now >= attempt.timesOutAt || (!deadlined && !calm && this.#chance.happens(0.01));
  }

  #begin(task: Task): void {
    const deadline = task.deadlined ? this.#now + TIMEOUT_MS - MARGIN_MS : undefined;
    const executor = startExecutor(this.memory, task.operation, deadline);
    task.attempt = { executor, task, timesOutAt: this.#now + TIMEOUT_MS, frozenUntil: 0 };
    this.#attempts.push(task.attempt);
    this.#note('begins', executor);
  }

  /** The engine listens to the newest attempt of a task, within its time; an error makes it begin another. */
  #hear({ task, executor, timesOutAt }: Attempt, result: FundsResult | Error): void {
    this.answers.push({ operation: task.operation, result });
    if (task.attempt?.executor !== executor || this.#now >= timesOutAt || task.word !== undefined) return;
    task.attempt = undefined;
    if (result instanceof Error) return;
    task.word = result;
    const next = followUp(task, result, this.#chance);
    if (next) this.tasks.push(next);
  }

  #note(what: string, { operation, waitingFor }: Executor): void {
    if (this.#traced) this.trace.push(`${this.#now - BEGIN} ms ${operation._id} ${what}: ${waitingFor}`);
  }
}
