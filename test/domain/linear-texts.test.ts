// A small share of test/long/linear-texts.test.ts: no text function is far from linear, by a margin no busy machine fills.
import { expect, test } from 'vitest';
import { leastGrowth } from '../support/linearity.ts';
import { textFunctions } from '../support/text-functions.ts';

const UNITS = 2_000;
const MOST = 60;
/** Which of a function's texts are tried. */
const seed = Date.now() % 1_000;

test.each(textFunctions)('$name takes no square of the time', (of) => {
  const { pieces } = of;
  const drawn = [0, 1, 2].map((n) => pieces[(seed + n) % pieces.length] ?? 'a');
  for (const piece of new Set(drawn)) {
    expect(leastGrowth(of, piece, UNITS, MOST).ratio, `${JSON.stringify(piece)}, seed ${seed}`).toBeLessThan(MOST);
  }
});
