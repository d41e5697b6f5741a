// A share of the fuzz over PDUs; test/long/smpp-fuzz.test.ts plays all of it.
import { expect, test } from 'vitest';
import { fuzzSmpp } from '../../support/smpp-fuzz.ts';

const PDUS = 2_000;

test('2,000 PDUs of nonsense end no session, and each is answered', async () => {
  const seed = Number(process.env.SMPP_FUZZ_SEED ?? Date.now() % 1_000_000);
  // Said in the failure, too: SMPP_FUZZ_SEED plays it again.
  process.stdout.write(`seed of the SMPP fuzz: ${seed}\n`);
  const figures = await fuzzSmpp(PDUS, seed);
  expect(figures, `seed ${seed}`).toMatchObject({
    connections: 1,
    lost: false,
    unanswered: 0,
    tooManyAnswers: 0,
    receiptsLost: 0,
    sendsFailed: 0,
  });
  expect(figures.receipts).toBeGreaterThan(PDUS / 5);
});
