// Runs many verifications against a running `npm start` and reports rate, latencies, stale reads and file sizes.
// node --import tsx bench/verifications.ts [count] [clients]; DATA_DIR as for npm start.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../test/support/api-client.ts';

const [count = 1000, clients = 8] = process.argv.slice(2).map(Number);
const dataDir = process.env.DATA_DIR ?? '.data';
const { api, demo } = JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8'));
const client = new ApiClient(api, demo.applicationId, demo.applicationSecret);

const startMs: number[] = [];
const confirmMs: number[] = [];
let stale = 0;
let failed = 0;
let next = 0;

const begun = performance.now();
await Promise.all(Array.from({ length: clients }, run));
const seconds = (performance.now() - begun) / 1000;
console.log(`${count} verifications, ${clients} clients: ${(count / seconds).toFixed(1)} per second`);
console.log(`start   p50 ${quantile(startMs, 0.5)} ms, p95 ${quantile(startMs, 0.95)} ms`);
console.log(`confirm p50 ${quantile(confirmMs, 0.5)} ms, p95 ${quantile(confirmMs, 0.95)} ms`);
console.log(`stale reads ${stale} of ${2 * count}, failed ${failed}`);
if (failed > 0) process.exitCode = 1;
for (const file of filesIn(dataDir)) console.log(`${(statSync(file).size / 1e6).toFixed(1)} MB ${file}`);

async function run(): Promise<void> {
  while (next < count) {
    next += 1;
    await verify(`+3069485${String(next % 100_000).padStart(5, '0')}`).catch(() => {
      failed += 1;
    });
  }
}

async function verify(recipient: string): Promise<void> {
  let at = performance.now();
  const trackingId = await client.open({ recipient });
  startMs.push(performance.now() - at);
  if ((await client.status(trackingId)).body.status !== 'Pending') stale += 1;
  const code = await client.code(trackingId, recipient);
  at = performance.now();
  const { status } = await client.confirm(trackingId, code);
  confirmMs.push(performance.now() - at);
  if (status !== 200) failed += 1;
  if ((await client.status(trackingId)).body.status !== 'Verified') stale += 1;
}

function quantile(values: number[], q: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length * q)] ?? Number.NaN).toFixed(0);
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return statSync(path).size > 1e6 ? [path] : [];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}
