// Answers, starts and endings that race: one verdict each, exact counts, money that adds up.
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiAnswer, wrongCode } from '../support/api-client.ts';
import { resultOf } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, ledgerOf, movementsOf } from '../support/ledger.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

/** The error code, or the status of the verification. */
const told = ({ body }: ApiAnswer): string => body.code ?? body.status;
const count = (answers: ApiAnswer[], what: string) => answers.filter((answer) => told(answer) === what).length;

/** 20 answers at once, the right one somewhere among them. */
async function twentyAnswers(trackingId: string): Promise<ApiAnswer[]> {
  const code = await app.api.code(trackingId);
  const answers = Array.from({ length: 19 }, () => wrongCode(code));
  answers.splice(randomInt(20), 0, code);
  return await Promise.all(answers.map((answer) => app.api.confirm(trackingId, answer)));
}

describe('20 parallel answers, one of them right,', () => {
  test('with retries enough give one Verified, and 400011005 or 400011002 to everybody else, each judged one counted', async () => {
    const trackingId = await app.api.open({ maxRetries: 20 });
    const answers = await twentyAnswers(trackingId);
    expect(count(answers, 'Verified')).toBe(1);
    expect(count(answers, '400011005') + count(answers, '400011002')).toBe(19);
    const timesTried = 1 + count(answers, '400011005');
    expect((await app.api.status(trackingId)).body).toMatchObject({ status: 'Verified', timesTried });
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Verified', timesTried });
  });

  test('with maxRetries 3 judge four at most, and tell every other that it is over', async () => {
    const trackingId = await app.api.open({ maxRetries: 3 });
    const answers = await twentyAnswers(trackingId);
    const [verified, failed] = [count(answers, 'Verified'), count(answers, '400011004')];
    const timesTried = count(answers, '400011005') + verified + failed;
    expect(verified + failed).toBe(1);
    expect(timesTried).toBeLessThanOrEqual(4);
    if (failed === 1) expect(timesTried).toBe(4);
    expect(count(answers, '400011002')).toBe(20 - timesTried);
    const status = verified === 1 ? 'Verified' : 'Failed';
    expect((await app.api.status(trackingId)).body).toMatchObject({ status, timesTried });
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: status, timesTried });
  });
});

test('40 parallel starts on a balance for 10 give exactly 10: 30 are told 400001009, 10 messages leave', async () => {
  const poor = await stack.addApplication({ balance: 0.45 });
  const recipient = '+306948530921';
  const answers = await Promise.all(Array.from({ length: 40 }, () => poor.api.start({ recipient })));
  expect(count(answers, 'Pending')).toBe(10);
  expect(count(answers, '400001009')).toBe(30);
  const opened = answers.filter(({ status }) => status === 200).map(({ body }) => body.trackingId as string);
  expect(new Set(opened).size).toBe(10);
  await eventually('ten charges', async () => {
    const rows = await ledgerOf(stack.database, poor.accountId);
    return rows.filter((row) => row.kind === 'charge').length === 10;
  });
  const messages = await poor.api.messages(recipient);
  expect(messages.map((message) => message.trackingId).sort()).toEqual(opened.sort());
  const { available, reserved, rows } = await expectExactLedger(stack.database, poor.accountId);
  expect([available, reserved, rows.length]).toEqual([0, 0, 21]);
  expect(await poor.api.balance()).toBe(0);
});

test('a confirmation, a cancellation and the end of the lifetime at once leave one ending, which never changes', async () => {
  const endings = await Promise.all(Array.from({ length: 12 }, (_, n) => race(n)));
  for (const { trackingId, confirmed, cancelled, seen, final } of endings) {
    const told200 = [confirmed, cancelled].filter(({ status }) => status === 200);
    // On a machine too busy to judge within 5 s a caller is told 503000000, and the answer counts all the same.
    const untold = [confirmed, cancelled].filter(({ status }) => status === 503);
    const ended = final.outcome === 'Expired' ? 0 : 1;
    expect(told200.length).toBeLessThanOrEqual(ended);
    expect(told200.length + untold.length).toBeGreaterThanOrEqual(ended);
    for (const { body } of told200) expect(body.status).toBe(final.outcome);
    for (const { status, body } of [confirmed, cancelled]) {
      if (status !== 200 && status !== 503)
        expect(body.code).toBe(final.outcome === 'Expired' ? '400011003' : '400011002');
    }
    expect(seen.filter((status) => status !== 'Pending').every((status) => status === final.outcome)).toBe(true);
    expect((await app.api.status(trackingId)).body.status).toBe(final.outcome);
    expect(final.charged).toBe(45_000);
    expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
  }
  await expectExactLedger(stack.database, app.accountId);
}, 120_000);

/** Both commands go out within 60 ms around the end of the lifetime, while the status is watched. */
async function race(n: number) {
  const { body } = await app.api.start({ lifetimeInSeconds: 6 });
  const { trackingId } = body;
  const code = await app.api.code(trackingId);
  const around = Date.parse(body.expiresAt) + n * 10 - 100;
  const at = async (ms: number) => new Promise((resolve) => setTimeout(resolve, ms - Date.now()));
  const seen: string[] = [];
  const over = resultOf(stack, trackingId);
  let watching = true;
  const watch = (async () => {
    while (watching) seen.push((await app.api.status(trackingId)).body.status);
  })();
  const [confirmed, cancelled] = await Promise.all([
    at(around + randomInt(60)).then(() => app.api.confirm(trackingId, code)),
    at(around + randomInt(60)).then(() => app.api.cancel(trackingId)),
  ]);
  const final = await over;
  watching = false;
  await watch;
  return { trackingId: trackingId as string, confirmed, cancelled, seen, final };
}
