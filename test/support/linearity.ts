// How time grows with a text: measured at some length and at ten times of it, the least of several runs each.
import type { TextFunction } from './text-functions.ts';

export interface Growth {
  readonly name: string;
  readonly piece: string;
  /** In ms. */
  readonly once: number;
  readonly tenfold: number;
  /** Ten where it is linear, a hundred where it is quadratic. */
  readonly ratio: number;
}

/** Less than this is too short to be measured; in ms. */
const SHORTEST = 0.2;

function growthOf({ name, run }: Pick<TextFunction, 'name' | 'run'>, piece: string, units: number): Growth {
  const textOf = (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  const [short, long] = [textOf(units), textOf(units * 10)];
  for (let warm = 0; warm < 5; warm += 1) run(short);
  const once = fastest(() => run(short), 7);
  const tenfold = fastest(() => run(long), 3);
  return { name, piece, once, tenfold, ratio: tenfold / Math.max(once, SHORTEST) };
}

/**
 * The least growth that is seen in a few tries, each at twice the length. What else runs on the machine makes a try slow, never fast,
 * and a step of the platform's own (another engine, large objects) stands at one length; what is quadratic is so at each.
 */
export function leastGrowth(of: TextFunction, piece: string, units: number, enough: number): Growth {
  let least = growthOf(of, piece, units);
  // What takes seconds by now is not tried longer.
  for (let longer = 2; longer <= 8 && least.ratio >= enough && least.tenfold < 3_000; longer *= 2) {
    const next = growthOf(of, piece, units * longer);
    if (next.ratio < least.ratio) least = next;
  }
  return least;
}

function fastest(run: () => unknown, times: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time += 1) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    run();
    const { user, system } = process.cpuUsage(used);
    // On a busy machine this process waits for its turn, and uses nothing meanwhile.
    least = Math.min(least, performance.now() - began, (user + system) / 1_000);
  }
  return least;
}
