// 100,000 PDUs of nonsense, or SMPP_FUZZ_PDUS, to one session of the SMPP carrier; prints what became of them.
import { expect, test } from 'vitest';
import { fuzzSmpp } from '../support/smpp-fuzz.ts';

const PDUS = Number(process.env.SMPP_FUZZ_PDUS ?? 100_000);
const GROWN_MB = 100;

test('no PDU with a sound command_length ends a session, and each is answered', async () => {
  const seed = Number(process.env.SMPP_FUZZ_SEED ?? Date.now() % 1_000_000);
  const figures = await fuzzSmpp(PDUS, seed);
  process.stdout.write(`SMPP fuzz: ${JSON.stringify({ seed, ...figures })}\n`);
  expect(figures, `seed ${seed}`).toMatchObject({
    connections: 1,
    lost: false,
    unanswered: 0,
    tooManyAnswers: 0,
    receiptsLost: 0,
    sendsFailed: 0,
  });
  expect(figures.receipts).toBeGreaterThan(PDUS / 5);
  expect(figures.grownMb).toBeLessThan(GROWN_MB);
});
