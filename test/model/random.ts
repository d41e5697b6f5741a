// A seeded source of chance, so that every run of the model can be repeated by its number.

export interface Chance {
  /** True this often, between 0 and 1. */
  happens(probability: number): boolean;
  /** An integer from 0 to below `bound`. */
  below(bound: number): number;
  pick<T>(choices: readonly T[]): T | undefined;
}

/** Mulberry32: small, fast, and good enough to choose who goes next. */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return { happens: (probability) => next() < probability, below, pick: (choices) => choices[below(choices.length)] };
}
