// Whether a carrier that is stuck for 30 s slows another down: verifications through one, alone and beside messages that hang in
// the other, in turns, against a running `npm start`.
// node --import tsx bench/stuck-carrier.ts [verifications a turn] [messages that hang]; DATA_DIR as for npm start.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../test/support/api-client.ts';
import { eventually } from '../test/support/eventually.ts';

const [count = 200, hanging = 300] = process.argv.slice(2).map(Number);
const CLIENTS = 8;
const TURNS = 3;
const { api, admin, demo } = JSON.parse(readFileSync(join(process.env.DATA_DIR ?? '.data', 'local.json'), 'utf8'));
const client = new ApiClient(api, demo.applicationId, demo.applicationSecret);

await configure('/admin/carriers/bench-free', { type: 'sandbox' });
await configure('/admin/carriers/bench-stuck', { type: 'sandbox', settings: { delayInSeconds: 30 } });
await configure('/admin/routes/all/+30694', { steps: [{ carrier: 'bench-free', method: 'sms' }] });
await configure('/admin/routes/all/+30697', { steps: [{ carrier: 'bench-stuck', method: 'sms' }] });

const rates: { alone: number[]; beside: number[] } = { alone: [], beside: [] };
for (let turn = 0; turn < TURNS; turn += 1) {
  rates.alone.push(await rate());
  // Opened beforehand, so that only their hanging is beside what is measured.
  const stuck = await inParallel(hanging, (index) => client.open({ recipient: `+3069785${digits(index)}` }));
  rates.beside.push(await rate());
  for (const trackingId of stuck) await client.cancel(trackingId);
  await eventually(
    'the stuck ones are over',
    async () => (await statuses(stuck)).every((each) => each !== 'Pending'),
    90_000,
  );
}
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
console.log('verifications per second', rates);
console.log(
  `beside ${hanging} that hang: ${((100 * median(rates.beside)) / median(rates.alone)).toFixed(0)} % of alone`,
);

/** Verifications per second through the free carrier. */
async function rate(): Promise<number> {
  const begun = performance.now();
  await inParallel(count, async (index) => {
    const recipient = `+3069485${digits(index)}`;
    const trackingId = await client.open({ recipient });
    await client.confirm(trackingId, await client.code(trackingId, recipient));
    return trackingId;
  });
  return Math.round((10_000 * count) / (performance.now() - begun)) / 10;
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

async function statuses(trackingIds: readonly string[]): Promise<string[]> {
  return await Promise.all(trackingIds.map(async (each) => (await client.status(each)).body.status));
}

async function configure(path: string, body: object): Promise<void> {
  const headers = { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${admin.url}${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: is npm start running with SANDBOX enabled?`);
}

function digits(index: number): string {
  return String(index).padStart(5, '0');
}
