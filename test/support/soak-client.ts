// One customer of the soak: random operations on one verification, each repeated under its key until it is answered for good.
import { randomUUID } from 'node:crypto';
import { type ApiAnswer, type ApiClient, wrongCode } from './api-client.ts';
import { eventually } from './eventually.ts';

/** What the customer knows for certain, to be held against what the service says in the end. */
export interface Known {
  readonly trackingId: string;
  readonly recipient: string;
  /** Distinct answers that were judged. */
  judged: number;
  /** Sends that were promised by 200. */
  promisedSends: number;
  /** The ending a 200 or 400011004 promised, if any. */
  ending: 'Verified' | 'Cancelled' | 'Failed' | undefined;
}

/** Share of customers told 429 who come again when they may. */
const WAITS_OUT_COOL_DOWN = 0.2;

const KEEP_TRYING_MS = 300_000;

type Random = () => number;

/** Counts operations over all customers, so that the soak ends at its number. */
export interface Budget {
  left: number;
  done: number;
}

/** Opens a verification and plays with it; undefined when the budget ran out first. */
export async function playOne(
  api: ApiClient,
  random: Random,
  budget: Budget,
): Promise<Known | 'insufficientBalance' | undefined> {
  const recipient = `+3069485${String(Math.floor(random() * 90_000) + 10_000)}`;
  const fields = { method: 'sms', recipient, lifetimeInSeconds: 20 + Math.floor(random() * 70), maxRetries: 3 };
  const startKey = randomUUID();
  const start = () =>
    definite(budget, () => keyed(api, '/2step', startKey, JSON.stringify(fields), 'application/json'));
  const opened = await start();
  if (!opened) return undefined;
  if (opened.body.code === '400001009') return 'insufficientBalance';
  if (opened.status !== 200) throw new Error(`A start was answered ${opened.status} ${JSON.stringify(opened.body)}`);
  const { trackingId } = opened.body;
  const known: Known = { trackingId, recipient, judged: 0, promisedSends: 1, ending: undefined };
  const rounds = 1 + Math.floor(random() * 5);
  for (let round = 0; round < rounds && budget.left > 0 && !known.ending; round += 1) {
    await oneOperation(api, random, budget, known, start);
  }
  return known;
}

async function oneOperation(
  api: ApiClient,
  random: Random,
  budget: Budget,
  known: Known,
  start: () => Promise<ApiAnswer | undefined>,
): Promise<void> {
  const path = `/2step/${known.trackingId}`;
  const draw = random();
  if (draw < 0.15) {
    const again = await start();
    if (again && again.body.trackingId !== known.trackingId)
      throw new Error('A repeated start gave another trackingId');
    return;
  }
  if (draw < 0.25) {
    const cancelled = await definite(budget, () => api.request('DELETE', path));
    if (cancelled?.status === 200) known.ending = 'Cancelled';
    // A cancellation has no key: when its answer was lost in a crash, the repeat finds it done; or its message never left.
    if (cancelled?.body.code === '400011002') known.ending = await eventually('the ending', () => endingOf(api, path));
    return;
  }
  if (draw < 0.35) {
    const resend = (key: string) => keyed(api, `${path}/resend`, key, '{}', 'application/json');
    const first = await definite(budget, () => resend(randomUUID()));
    const patient = first?.status === 429 && random() < WAITS_OUT_COOL_DOWN;
    if (patient) await new Promise((resolve) => setTimeout(resolve, Number(first.headers.get('Retry-After')) * 1000));
    const key = randomUUID();
    const last = patient ? await definite(budget, () => resend(key)) : first;
    if (last?.status === 200) known.promisedSends += 1;
    return;
  }
  const code = await codeOf(api, known);
  if (code === undefined) return;
  const answer = draw < 0.6 ? wrongCode(code) : code;
  const key = randomUUID();
  const repeats = random() < 0.3 ? 2 : 1;
  const answers = await Promise.all(
    Array.from({ length: repeats }, () =>
      definite(budget, () => keyed(api, path, key, `answer=${answer}`, 'application/x-www-form-urlencoded')),
    ),
  );
  const codes = new Set(answers.flatMap((each) => (each ? [each.body.code ?? each.body.status] : [])));
  if (codes.size > 1) throw new Error(`One key was answered in two ways: ${[...codes].join(', ')}`);
  const [verdict] = codes;
  if (verdict === 'Verified' || verdict === '400011005' || verdict === '400011004') known.judged += 1;
  if (verdict === 'Verified') known.ending = 'Verified';
  if (verdict === '400011004') known.ending = 'Failed';
}

async function endingOf(api: ApiClient, path: string): Promise<Known['ending'] | false> {
  const { status, body } = await api.request('GET', path).catch(() => ({ status: 503, body: undefined }));
  return status === 200 && (body.status === 'Cancelled' || body.status === 'Failed') && body.status;
}

function keyed(api: ApiClient, path: string, key: string, body: string, type: string): Promise<ApiAnswer> {
  return api.request('POST', path, { headers: { 'Content-Type': type, 'Idempotency-Key': key }, body });
}

/** Repeats through crashes: a broken connection and 503 say nothing. */
async function definite(budget: Budget, ask: () => Promise<ApiAnswer>): Promise<ApiAnswer | undefined> {
  if (budget.left <= 0) return undefined;
  budget.left -= 1;
  budget.done += 1;
  const deadline = Date.now() + KEEP_TRYING_MS;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer && answer.status < 500) return answer;
    if (Date.now() > deadline) throw new Error(`No definite answer within ${KEEP_TRYING_MS} ms: ${answer?.status}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The code as the phone shows it, or undefined when no message has come within some seconds. */
async function codeOf(api: ApiClient, { trackingId, recipient }: Known): Promise<string | undefined> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const messages = await api.messages(recipient).catch(() => undefined);
    const mine = Array.isArray(messages) ? messages.find((message) => message.trackingId === trackingId) : undefined;
    if (mine) return /\d{6}/.exec(mine.text)?.[0];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}
