// A process under test: the real movements of one worker, held still before every single step of the database.
import type { LedgerOperation } from '../../domain/ledger.ts';
import { createFunds, type Funds, type FundsResult, type TailSizes } from '../../store/funds.ts';
import type { Effect, MemoryFunds, Request } from './memory-funds.ts';

/** A movement that this process was asked for. */
export interface Asked {
  readonly operation: LedgerOperation;
  /** What it answered, or the error it ended with, once it has ended. */
  result: FundsResult | Error | undefined;
}

/** What goes wrong with a call: nothing, its answer, or half of it. */
export type Fault = 'none' | 'lost' | 'half';

interface Call {
  readonly name: string;
  readonly effect: Effect<unknown>;
  readonly answer: (outcome: Outcome) => void;
  outcome?: Outcome;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** What a database says that was not heard in time. */
export const lostAnswer = new Error('The answer was lost');

export class Process {
  readonly #funds: Funds;
  readonly #account: string;
  #call: Call | undefined;
  #unanswered = 0;
  #quiet = () => {};

  constructor(memory: MemoryFunds, sizes?: TailSizes) {
    const request: Request = (name, effect) =>
      new Promise((resolve, reject) => {
        const answer: Call['answer'] = (outcome) =>
          'error' in outcome ? reject(outcome.error) : resolve(outcome.value as never);
        this.#call = { name, effect, answer };
        this.#quiet();
      });
    this.#funds = createFunds(memory.connection(request), sizes);
    this.#account = memory.account._id;
  }

  /** Asks for a movement; returns once the process stands still again. */
  async ask(operation: LedgerOperation, deadline?: number): Promise<Asked> {
    const asked: Asked = { operation, result: undefined };
    this.#unanswered += 1;
    const ended = (result: FundsResult | Error) => {
      asked.result = result;
      this.#unanswered -= 1;
      if (this.#unanswered === 0) this.#quiet();
    };
    const standsStill = this.#call ? undefined : this.#standsStill();
    this.#funds.move(this.#account, operation, deadline).then(ended, ended);
    await standsStill;
    return asked;
  }

  /** The next step: a call to the database takes effect, or its answer arrives and the code runs on to its next call. */
  async step(fault: Fault = 'none', isDone: () => boolean = () => true): Promise<void> {
    const call = this.#call;
    if (!call) return;
    if (!call.outcome) {
      call.outcome = fault === 'half' ? broken(call.effect, isDone) : outcomeOf(call.effect);
      return;
    }
    this.#call = undefined;
    const standsStill = this.#standsStill();
    call.answer(fault === 'lost' ? { error: lostAnswer } : call.outcome);
    await standsStill;
  }

  /** What a crashed process had sent may still take effect, wholly or in part. */
  crash(): ((isDone: () => boolean) => void) | undefined {
    const call = this.#call;
    return call && !call.outcome ? (isDone) => void broken(call.effect, isDone) : undefined;
  }

  get isIdle(): boolean {
    return this.#call === undefined;
  }

  /** The database call that waits, for traces. */
  get waitingFor(): string {
    return this.#call ? `${this.#call.name}${this.#call.outcome ? ' (done, unanswered)' : ''}` : 'nothing';
  }

  #standsStill(): Promise<void> {
    return new Promise((resolve) => {
      this.#quiet = resolve;
    });
  }
}

function outcomeOf({ whole }: Effect<unknown>): Outcome {
  try {
    return { value: whole() };
  } catch (error) {
    return { error };
  }
}

/** Whether it took effect is known to nobody. */
function broken(effect: Effect<unknown>, isDone: () => boolean): Outcome {
  if (effect.half) effect.half(isDone);
  else if (isDone()) outcomeOf(effect);
  return { error: lostAnswer };
}
