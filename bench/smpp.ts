// Runs many messages by SMPP through an SMSC that misbehaves, and counts what was lost, sent twice or never reported.
// node --import tsx bench/smpp.ts [count] [at a time]; with HTTP=1 through a running `npm start` whose carrier of type `smpp`
// goes to 127.0.0.1:SMSC_PORT, with `messageIds: {"response": "hex"}`. DATA_DIR as for npm start.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../test/support/api-client.ts';
import { eventually } from '../test/support/eventually.ts';
import { bound, smppCarrier } from '../test/support/smpp-carrier.ts';
import { misfortune, runTraffic, type Sent, sendLikeTheEngine, tally } from '../test/support/smpp-traffic.ts';
import { type Smsc, startSmsc } from '../test/support/smsc.ts';

const [count = 1000, atATime = 40] = process.argv.slice(2).map(Number);
const overHttp = process.env.HTTP === '1';
const smsc = await startSmsc(overHttp ? { port: Number(process.env.SMSC_PORT ?? 2775) } : {});
await smsc.set({
  responseId: 'HEX',
  receiptTextId: 'paddedDecimal',
  receiptTlvId: 'none',
  receiptBeforeResponse: true,
});
await smsc.set({ ratePerSecond: Number(process.env.RATE ?? 100), respondAfterMs: 20 });
const messageReference = process.env.REFERENCE === '1';
await smsc.set({ receiptReference: messageReference });
const settings = { messageIds: { response: 'hex' }, messageReference, window: 20, binds: 2 };
const direct = overHttp ? undefined : smppCarrier(smsc, { settings });
await bound(smsc, direct);
const send = direct ? (to: string) => sendLikeTheEngine(direct.carrier, to) : await throughHttp(smsc);

const begun = performance.now();
const sent = await runTraffic(count, atATime, send, () => misfortune(smsc));
const seconds = (performance.now() - begun) / 1000;
const receipts = direct?.receipts ?? [];
const receiptsCame = async () => {
  const now = await tally(smsc, sent, receipts);
  return now.withoutReceipt === 0 && now.unmatchedReceipts === now.unknownThatLeft;
};
if (direct) await eventually('every receipt has come', receiptsCame, 20_000).catch(() => undefined);
const result = await tally(smsc, sent, receipts);
console.log(`${count} messages in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} per second`);
console.log(result);
await direct?.close();
await smsc.stop();
const bad = result.failed + result.lost + result.doubles + result.overLongValidities;
if (bad > 0 || (direct && result.withoutReceipt > 0)) process.exitCode = 1;

/** A verification by HTTP, whose code is read where the phone would: at the SMSC. */
async function throughHttp(from: Smsc): Promise<(recipient: string) => Promise<Sent>> {
  const { api, demo } = JSON.parse(readFileSync(join(process.env.DATA_DIR ?? '.data', 'local.json'), 'utf8'));
  const client = new ApiClient(api, demo.applicationId, demo.applicationSecret);
  const codes = new Map<string, string>();
  const look = async () => {
    for (const { accepted, destination, text } of await from.submits()) {
      const code = accepted && /\d{4,10}/.exec(text)?.[0];
      if (code) codes.set(`+${destination.address}`, code);
    }
  };
  const looking = setInterval(() => void look().catch(() => undefined), 300);
  looking.unref();
  return async (recipient) => {
    const trackingId = await client.open({ recipient });
    const code = await eventually(`a code for ${recipient}`, async () => codes.get(recipient), 60_000).catch(() => '');
    const verified = code !== '' && (await client.confirm(trackingId, code)).status === 200;
    return { recipient, end: verified ? 'accepted' : 'failed', messageIds: [], refusals: 0 };
  };
}
