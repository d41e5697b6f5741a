// Opens a circuit when most of the latest sends went wrong. The library's own sample forgets by sends, not by time: at a send a
// minute, what failed half an hour ago would still count.
import { CircuitState, type IBreaker } from 'cockatiel';

export interface Sample {
  /** How far back sends count, in ms. */
  readonly withinMs: number;
  /** Fewer sends than these prove nothing. */
  readonly least: number;
  /** More than this share must have gone wrong. */
  readonly share: number;
}

/** At a high rate the newest of the time are enough. */
const MOST = 1_000;

/** A breaker for one circuit. */
export function sampleBreaker({ withinMs, least, share }: Sample): IBreaker {
  let sends: { readonly at: number; readonly bad: boolean }[] = [];
  const push = (bad: boolean) => {
    const at = Date.now();
    sends = [...sends.filter((send) => at - send.at < withinMs).slice(1 - MOST), { at, bad }];
  };
  return {
    // The library keeps it for circuits that outlive their process, which ours do not.
    state: undefined,
    success(state) {
      if (state === CircuitState.HalfOpen) sends = [];
      push(false);
    },
    failure(state) {
      push(true);
      if (state !== CircuitState.Closed) return true;
      return sends.length >= least && sends.filter(({ bad }) => bad).length > share * sends.length;
    },
  };
}
