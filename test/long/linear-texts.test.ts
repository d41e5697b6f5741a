// Nothing that a foreign text goes through takes more than time in proportion to it: every function, at 20,000 units and at 200,000.
import { expect, test } from 'vitest';
import { leastGrowth } from '../support/linearity.ts';
import { textFunctions } from '../support/text-functions.ts';

const UNITS = Number(process.env.TEXT_UNITS ?? 20_000);
/** Ten would be exact, a hundred quadratic; collecting garbage takes its part at such lengths. */
const MOST = 60;

/** As the worker is: with this set, joining arrays is slow, and what hides behind it shows. */
Object.assign([], { [Symbol.isConcatSpreadable]: true });

test.each(textFunctions)('$name takes ten times the time for ten times the text', (of) => {
  const worst = of.pieces
    .map((piece) => leastGrowth(of, piece, UNITS, MOST))
    .reduce((a, b) => (a.ratio > b.ratio ? a : b));
  const shown = (ms: number) => ms.toFixed(2).padStart(8);
  const { once, tenfold, ratio, piece } = worst;
  process.stdout.write(
    `${of.name.padEnd(30)} ${shown(once)} ms ${shown(tenfold)} ms  x${ratio.toFixed(1)} of ${JSON.stringify(piece)}\n`,
  );
  expect(ratio).toBeLessThan(MOST);
});
