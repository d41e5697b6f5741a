// Whether a carrier that is stuck for 30 s slows another down: as many verifications a second as are asked for go through one,
// beside nothing, beside verifications whose messages arrived, and beside messages that hang, in turns of changing order, against
// a running `npm start`. Ask for less than the machine can do: beyond that everything shares its processors.
// node --import tsx bench/stuck-carrier.ts [a second] [seconds a turn] [beside them] [turns]; DATA_DIR as for npm start.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient } from '../test/support/api-client.ts';

const [perSecond = 3, seconds = 40, besides = 100, turns = 3] = process.argv.slice(2).map(Number);
const CLIENTS = 8;
const { api, admin, demo } = JSON.parse(readFileSync(join(process.env.DATA_DIR ?? '.data', 'local.json'), 'utf8'));
const client = new ApiClient(api, demo.applicationId, demo.applicationSecret);

await configure('/admin/carriers/bench-free', { type: 'sandbox' });
await configure('/admin/carriers/bench-stuck', { type: 'sandbox', settings: { delayInSeconds: 30 } });
await configure('/admin/routes/all/+30694', { steps: [{ carrier: 'bench-free', method: 'sms' }] });
await configure('/admin/routes/all/+30697', { steps: [{ carrier: 'bench-stuck', method: 'sms' }] });

const kinds = ['alone', 'besideOpen', 'besideStuck'] as const;
type Kind = (typeof kinds)[number];
/** Where what stands beside is sent to. */
const prefixes: Readonly<Record<Kind, string>> = { alone: '', besideOpen: '+3069485', besideStuck: '+3069785' };
interface Measured {
  /** Ended a second, from the first start to the last ending. */
  readonly rate: number;
  /** From start to ending, in ms. */
  readonly took: readonly number[];
}
const found: Record<Kind, Measured[]> = { alone: [], besideOpen: [], besideStuck: [] };
for (let turn = 0; turn < turns; turn += 1) {
  // Each kind comes first, second and last equally often: the database grows with every turn.
  for (const offset of kinds.keys()) {
    const kind = kinds[(turn + offset) % kinds.length] ?? 'alone';
    found[kind].push(await measuredOf(kind));
  }
}
for (const kind of kinds) {
  const took = found[kind].flatMap((each) => each.took).sort((a, b) => a - b);
  const at = (share: number) => Math.round(took[Math.floor(share * took.length)] ?? Number.NaN);
  const rates = found[kind].map(({ rate }) => rate.toFixed(2)).join(', ');
  console.log(`${kind}: ${rates} a second; ${at(0.5)} ms at the median, ${at(0.95)} ms at 95 %`);
}

/** What stands beside is opened beforehand, so that only its being there is beside what is measured. */
async function measuredOf(kind: Kind): Promise<Measured> {
  const beside = await inParallel(kind === 'alone' ? 0 : besides, (index) =>
    client.open({ recipient: `${prefixes[kind]}${digits(50_000 + index)}` }),
  );
  const measured = await measure();
  for (const trackingId of beside) await client.cancel(trackingId);
  // A send that hangs keeps its verification until it is over.
  if (kind === 'besideStuck') await delay(35_000);
  return measured;
}

/** Through the free carrier, each begun at its time whatever became of those before. */
async function measure(): Promise<Measured> {
  const begun = performance.now();
  const running: Promise<number>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    await delay(Math.max(begun + (index * 1000) / perSecond - performance.now(), 0));
    running.push(verification(`+3069485${digits(index)}`));
  }
  const took = await Promise.all(running);
  return { rate: (1000 * took.length) / (performance.now() - begun), took };
}

/** Returns the ms it took. */
async function verification(recipient: string): Promise<number> {
  const begun = performance.now();
  const trackingId = await client.open({ recipient });
  await client.confirm(trackingId, await client.code(trackingId, recipient));
  return performance.now() - begun;
}

async function inParallel<T>(times: number, act: (index: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  const one = async () => {
    while (next < times) {
      next += 1;
      done.push(await act(next));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, one));
  return done;
}

async function configure(path: string, body: object): Promise<void> {
  const headers = { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${admin.url}${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: is npm start running with SANDBOX enabled?`);
}

function digits(index: number): string {
  return String(index).padStart(5, '0');
}
