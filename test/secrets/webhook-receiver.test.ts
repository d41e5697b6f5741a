// The receiver that docs/callbacks.md shows, run as it stands: it takes what is signed and nothing else.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { anyFreePort } from '../../local/ports.ts';
import { drawWebhookSecret, webhookHeaders } from '../../secrets/webhook-signature.ts';
import { send } from '../support/api-client.ts';

test('the receiver of the guide takes a callback signed by one of two secrets, and none that is forged, old or changed', async () => {
  const [, program = ''] = /^```js\n(.*?)^```/ms.exec(readFileSync('docs/callbacks.md', 'utf8')) ?? [];
  const [secret, newer, foreign] = [drawWebhookSecret(), drawWebhookSecret(), drawWebhookSecret()];
  const port = await anyFreePort();
  const env = { PATH: process.env.PATH, SIGNING_SECRET: secret, PORT: String(port) };
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  await once(child.stdout, 'data');

  const body = JSON.stringify({ recipient: '+306948530920', status: 'Verified' });
  const now = Math.floor(Date.now() / 1000);
  const post = async (secrets: readonly string[], at = now, sent = body) => {
    const headers = webhookHeaders(secrets, 'an-id', at, body);
    return (await send(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: sent })).status;
  };
  expect(await post([secret])).toBe(200);
  expect(await post([newer, secret])).toBe(200);
  expect(await post([foreign])).toBe(400);
  expect(await post([])).toBe(400);
  expect(await post([secret], now - 600)).toBe(400);
  expect(await post([secret], now, `${body} `)).toBe(400);
});
