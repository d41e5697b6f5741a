// The SMSC of the tests on loopback, to try an SMPP carrier against by hand: prints what phones would show. Ctrl-C stops it.
// node --import tsx bench/smsc.ts [port]
import { setTimeout as delay } from 'node:timers/promises';
import { startSmsc } from '../test/support/smsc.ts';

const [port = 2775] = process.argv.slice(2).map(Number);
const LOOK_EVERY_MS = 300;
const smsc = await startSmsc({ port });
await smsc.set({ systemId: 'twostep', password: 'pa55word' });
console.log(`An SMSC listens on 127.0.0.1:${port}: system id twostep, password pa55word; it delivers everything`);
for (let shown = 0; ; await delay(LOOK_EVERY_MS)) {
  const submits = await smsc.submits();
  for (const { source, destination, text } of submits.slice(shown)) {
    console.log(`${source.address} to ${destination.address}: ${text}`);
  }
  shown = submits.length;
}
