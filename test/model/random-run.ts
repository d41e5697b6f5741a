// One random life of an account: an engine that repeats what timed out, operators, and processes that crash, freeze and lose answers.
import type { LedgerOperation } from '../../domain/ledger.ts';
import type { FundsResult } from '../../store/funds.ts';
import { MemoryFunds } from './memory-funds.ts';
import { type Asked, type Fault, Process } from './process.ts';
import { chanceOf } from './random.ts';
import { type Attempt, firstTasks, followUp, type Task } from './tasks.ts';

const TIMEOUT_MS = 1_000;
const MARGIN_MS = 100;
/** From this step on nothing goes wrong any more, so that every run ends. */
const CALM_AFTER = 250;
const NEVER_ENDS = 20_000;
const BEGIN = 1_000_000;
/** Small, so that rows move into the ledger, and batches are full, many times in a short life. */
const SIZES = [
  { movedFrom: 1, atOnce: 2 },
  { movedFrom: 2, atOnce: 1 },
  { movedFrom: 2, atOnce: 3 },
  { movedFrom: 4, atOnce: 8 },
  { movedFrom: 32, atOnce: 32 },
];

interface Running {
  process: Process;
  frozenUntil: number;
}

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
  /** Every answer any process gave, heard or not. */
  readonly answers: { readonly operation: LedgerOperation; readonly result: FundsResult | Error }[] = [];
  readonly trace: string[] = [];
  /** Rows of the longest tail. */
  longestTail = 0;
  readonly sizes;
  readonly #chance;
  readonly #setClock;
  readonly #traced;
  readonly #waiting: Task[];
  #attempts: Attempt[] = [];
  readonly #processes: Running[];
  /** Of crashed processes: what they had sent may still arrive. */
  readonly #inFlight: ((isDone: () => boolean) => void)[] = [];
  #now = BEGIN;

  constructor(seed: number, setClock: (now: number) => void, traced: boolean) {
    const chance = chanceOf(seed);
    this.#chance = chance;
    this.#setClock = setClock;
    this.#traced = traced;
    this.memory = new MemoryFunds(chance.pick([0, 0, 0, 15, null]) ?? null);
    this.sizes = chance.pick(SIZES) ?? { movedFrom: 2, atOnce: 2 };
    this.#processes = Array.from({ length: 1 + chance.below(3) }, () => this.#started());
    this.#waiting = firstTasks(chance);
    setClock(this.#now);
  }

  ended(): boolean {
    return this.#waiting.length + this.#attempts.length === 0 && this.tasks.every(({ word }) => word !== undefined);
  }

  async step(calm: boolean): Promise<void> {
    const chance = this.#chance;
    this.#passTime(calm);
    if (calm || chance.happens(0.1)) this.tasks.push(...this.#waiting.splice(0, 1 + chance.below(3)));
    if (!calm && chance.happens(0.02)) this.#changeByOperator();
    for (const task of this.tasks) if (task.word === undefined && this.#isToBegin(task, calm)) await this.#begin(task);
    if (this.#inFlight.length > 0 && chance.happens(0.1)) {
      this.#inFlight.splice(chance.below(this.#inFlight.length), 1)[0]?.(() => chance.happens(0.7));
    }
    const index = chance.below(this.#processes.length);
    const running = this.#processes[index];
    if (!running || (!calm && running.frozenUntil > this.#now)) return;
    if (!calm && chance.happens(0.03)) {
      running.frozenUntil = this.#now + chance.below(4_000);
      this.#note('freezes', running.process);
    } else if (!calm && chance.happens(0.02)) {
      this.#crash(index, running.process);
    } else {
      const fault: Fault = calm ? 'none' : (chance.pick(chance.happens(0.05) ? ['lost', 'half'] : []) ?? 'none');
      this.#note(`steps (${fault})`, running.process);
      await running.process.step(fault, () => chance.happens(0.5));
    }
    this.longestTail = Math.max(this.longestTail, this.memory.account.tail.length);
    this.#hearAll();
  }

  #started(): Running {
    return { process: new Process(this.memory, this.sizes), frozenUntil: 0 };
  }

  /** All that it was asked for is never answered. */
  #crash(index: number, process: Process): void {
    this.#note('crashes', process);
    const left = process.crash();
    if (left && this.#chance.happens(0.5)) this.#inFlight.push(left);
    this.#attempts = this.#attempts.filter((attempt) => attempt.process !== process);
    this.#processes[index] = this.#started();
  }

  #changeByOperator(): void {
    const chance = this.#chance;
    if (chance.happens(0.3)) this.memory.change({ closed: !this.memory.account.closed });
    else this.memory.change({ creditLimit: chance.pick([0, 5, 15, null]) ?? null });
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

  async #begin(task: Task): Promise<void> {
    const deadline = task.deadlined ? this.#now + TIMEOUT_MS - MARGIN_MS : undefined;
    const { process } = this.#chance.pick(this.#processes) ?? this.#started();
    const asked = await process.ask(task.operation, deadline);
    task.attempt = { asked, process, task, timesOutAt: this.#now + TIMEOUT_MS };
    this.#attempts.push(task.attempt);
    this.#note(`is asked for ${task.operation._id}`, process);
  }

  #hearAll(): void {
    const ended = this.#attempts.filter(({ asked }) => asked.result !== undefined);
    if (ended.length === 0) return;
    this.#attempts = this.#attempts.filter(({ asked }) => asked.result === undefined);
    for (const attempt of ended) this.#hear(attempt, attempt.asked);
  }

  /** The engine listens to the newest attempt of a task, within its time; an error makes it begin another. */
  #hear({ task, timesOutAt }: Attempt, asked: Asked): void {
    const { result } = asked;
    if (result === undefined) return;
    this.answers.push({ operation: task.operation, result });
    if (task.attempt?.asked !== asked || this.#now >= timesOutAt || task.word !== undefined) return;
    task.attempt = undefined;
    if (result instanceof Error) return;
    task.word = result;
    const next = followUp(task, result, this.#chance);
    if (next) this.tasks.push(next);
  }

  #note(what: string, process: Process): void {
    if (!this.#traced) return;
    const number = this.#processes.findIndex((running) => running.process === process);
    this.trace.push(`${this.#now - BEGIN} ms, process ${number} ${what}: ${process.waitingFor}`);
  }
}
