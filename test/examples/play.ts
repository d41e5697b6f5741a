// The story whose answers become the examples of the document.
import { send, wrongCode } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { addReportingCarrier, report } from '../support/receipts.ts';
import type { Receiver } from '../support/receiver.ts';
import type { Stack, TestApplication } from '../support/stack.ts';
import { cut, type Examples, type Notes, takeNotes } from './notes.ts';

const recipient = '+306948530920';
const start = { method: 'sms', recipient, template: 'Hello @@name, your code is @@pin', arguments: { name: 'Zoe' } };

/** Plays it on a stack whose workers may call back to `receiver`, and returns what was answered. */
export async function playExamples(stack: Stack, receiver: Receiver): Promise<Examples> {
  const { examples, note, request } = takeNotes();
  const app = await stack.addApplication({ balance: 1, callback: { url: receiver.url } });
  await tokens(stack, app, note);
  request('createToken', { grant_type: 'client_credentials' });

  request('startVerification', start);
  const { trackingId } = note('startVerification', await app.api.start(start)).body;
  const code = await app.api.code(trackingId);
  note('readSandboxMessages', await get(app, `/sandbox/messages?recipient=${encodeURIComponent(recipient)}`));
  await refusedStarts(stack, app, note);

  request('resendVerification', { method: 'voice' });
  note('resendVerification', await app.api.json('POST', `/2step/${trackingId}/resend`, { method: 'voice' }));
  // The message is there before its carrier has answered.
  await app.api.happened(trackingId, 'charged');
  note('confirmVerification', await app.api.confirm(trackingId, wrongCode(code)));
  request('confirmVerification', { answer: code });
  note('confirmVerification', await app.api.confirm(trackingId, code));
  note('confirmVerification', await app.api.confirm(trackingId, code));
  note('readStatus', await app.api.status(trackingId));
  note('readStatus', await app.api.status('unknown'));
  const strict = await app.api.open({ maxRetries: 0 });
  note('confirmVerification', await app.api.confirm(strict, wrongCode(await app.api.code(strict))));
  note('confirmVerification', await app.api.confirm('unknown', '1234'));

  await receipts(stack, note, request);

  const other = await app.api.open();
  await app.api.code(other);
  note('cancelVerification', await app.api.cancel(other));
  note('cancelVerification', await app.api.cancel(other));

  await stack.temporal.workflow.getHandle(trackingId).result();
  const callback = await eventually('the callback', async () => receiver.received[0]);
  request('verificationEnded', callback.body);
  const timeline = () => get(app, `/2step/${trackingId}/timeline`);
  note(
    'readTimeline',
    await eventually('the callback in the timeline', async () => {
      const answer = await timeline();
      return answer.body.callback === 'delivered' && answer;
    }),
  );
  await readings(app, note);
  return examples;
}

type Note = Notes['note'];

const get = ({ api }: TestApplication, path: string) => api.request('GET', path);

async function tokens({ apiUrl }: Stack, app: TestApplication, note: Note): Promise<void> {
  const ask = (secret: string, grant: string) =>
    send(`${apiUrl}/oauth/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${app.applicationId}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: grant }),
    });
  const given = await ask(app.applicationSecret, 'client_credentials');
  const shown = { ...given.body, access_token: cut(given.body.access_token, 20) };
  note('createToken', { ...given, body: shown });
  note('createToken', await ask(app.applicationSecret, 'password'));
  note('createToken', await ask('wrong', 'client_credentials'));
}

async function refusedStarts(stack: Stack, app: TestApplication, note: Note): Promise<void> {
  const poor = await stack.addApplication({ balance: 0 });
  const keyed = (body: unknown) =>
    app.api.request('POST', '/2step', {
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'order-1' },
      body: JSON.stringify(body),
    });
  note('startVerification', await app.api.start({ recipient: '+30210', digits: 3 }));
  note('startVerification', await app.api.start({ template: 'No place for the code' }));
  note('startVerification', await poor.api.start());
  await keyed(start);
  note('startVerification', await keyed({ ...start, digits: 4 }));
  note('startVerification', await send(`${stack.apiUrl}/2step`, { method: 'POST' }));
}

async function receipts(stack: Stack, note: Note, request: Notes['request']): Promise<void> {
  const path = await addReportingCarrier(stack, 'acme');
  const receipt = { messageId: 'a7f3', state: 'undelivered', reason: 'EXPIRED' };
  request('postReceipts', receipt);
  note('postReceipts', await report(`${stack.apiUrl}${path}`, receipt));
  note('postReceipts', await report(`${stack.apiUrl}${path}`, { messageId: 'a7f3' }));
  note('postReceipts', await report(`${stack.apiUrl}/carriers/acme/receipts/unknown`, receipt));
  const query = new URLSearchParams(receipt);
  note('getReceipts', await send(`${stack.apiUrl}${path}?${query}`, {}));
}

async function readings(app: TestApplication, note: Note): Promise<void> {
  note('readBalance', await get(app, '/accounts/me/balance'));
  note('readLedger', await get(app, '/accounts/me/ledger?size=3'));
  note('readTransactions', await get(app, '/accounts/me/transactions'));
  note('readPrices', await get(app, '/system/prices?mcc=202'));
  note('readPrices', await get(app, '/system/prices?currency=XXX'));
  note('readAccountReport', await get(app, '/2step/reports'));
  note('readApplicationReport', await get(app, `/2step/reports/applications/${app.applicationId}`));
  note('readApplicationReport', await get(app, '/2step/reports/applications/unknown'));
  note('live', await get(app, '/livez'));
  note('ready', await get(app, '/readyz'));
}
