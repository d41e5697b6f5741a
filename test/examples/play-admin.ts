// The story whose answers become the examples of the management document: an account, its money, an application, a verification.
import { startAdmin, type TestOperator } from '../support/admin.ts';
import type { ApiAnswer } from '../support/api-client.ts';
import { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import type { Receiver } from '../support/receiver.ts';
import type { Stack } from '../support/stack.ts';
import { cut, type Examples, takeNotes } from './notes.ts';

/** Nobody else's here, so that a search finds what this story started. */
const RECIPIENT = '+306948530943';
/** Prices of one template that are shown. */
const MAX_PRICES = 3;

/** Asks as an operator and notes it under the operation's id; secrets are cut in the note alone. */
type Ask = (id: string, method: string, path: string, body?: unknown) => Promise<ApiAnswer['body']>;

/** Plays it on a stack whose workers may call back to `receiver`, and returns what was answered. */
export async function playAdminExamples(stack: Stack, receiver: Receiver): Promise<Examples> {
  const admin = await startAdmin(stack, [receiver.host]);
  try {
    const { examples, note, request } = takeNotes();
    const chief = await admin.operator({ name: 'Maria' });
    const as =
      (operator: TestOperator): Ask =>
      async (id, method, path, body) => {
        const { status, body: answer } = await operator.ask(method, path, body);
        if (status === 200 && body !== undefined) request(id, body);
        note(id, { status, body: shown(answer) });
        return answer;
      };
    const ask = as(chief);
    await operators(ask, as, admin.as('nobody'));
    const accountId = await accounts(ask);
    const { applicationId, applicationSecret } = await applications(ask, accountId);
    await settings(ask, applicationId, receiver);
    await prices(ask);
    await carriers(ask, chief);
    await callbacks(ask, applicationId);
    await verification(ask, new ApiClient(stack.apiUrl, applicationId, applicationSecret), stack);
    await ask('listEvents', 'GET', `/admin/events?accountId=${accountId}`);
    await ask('readAuditTrail', 'GET', `/admin/audit?accountId=${accountId}&action=account.change`);
    await ask('deleteApplication', 'DELETE', `/admin/applications/${applicationId}`);
    return examples;
  } finally {
    await admin.close();
  }
}

const secretFields = { token: 13, applicationSecret: 6, signingSecret: 10 };

/** Without its secrets and the names of machines, and with a few of many prices. */
function shown(answer: ApiAnswer['body']): Record<string, unknown> {
  const secrets = Object.entries(secretFields).filter(([name]) => typeof answer[name] === 'string');
  const { templates } = answer as { templates?: readonly { prices: readonly unknown[] }[] };
  const few = templates?.map((each) => ({ ...each, prices: each.prices.slice(0, MAX_PRICES) }));
  return {
    ...answer,
    ...Object.fromEntries(secrets.map(([name, length]) => [name, cut(answer[name], length)])),
    ...(few && { templates: few }),
    ...(typeof answer.receiptUrl === 'string' && {
      receiptUrl: answer.receiptUrl.replace(/^.*(\/carriers\/.*\/).*$/, `${PUBLIC}$1…`),
    }),
    ...(Array.isArray(answer.workers) && { workers: answer.workers.map(onSomeMachine) }),
    ...(Array.isArray(answer.content) && { content: answer.content.map(withSomeMachine) }),
  };
}

const PUBLIC = 'https://verify.example.com';
const onSomeMachine = (worker: object) => ({ ...worker, worker: '7@worker-1' });
const withSomeMachine = (row: { workers?: object[] }) =>
  row.workers ? { ...row, workers: row.workers.map(onSomeMachine) } : row;

async function operators(ask: Ask, as: (operator: TestOperator) => Ask, nobody: TestOperator): Promise<void> {
  const scopes = ['verifications:read', 'audit:read'];
  const made = await ask('createOperator', 'POST', '/admin/operators', {
    name: 'Support',
    scopes,
    expiresAt: '2099-12-31',
  });
  await ask('createOperator', 'POST', '/admin/operators', { name: 'Support', scopes: ['everything'] });
  await ask('listOperators', 'GET', '/admin/operators?size=1');
  await ask('revokeOperator', 'DELETE', `/admin/operators/${made.operatorId}`);
  await as(nobody)('listOperators', 'GET', '/admin/operators');
}

async function accounts(ask: Ask): Promise<string> {
  const { accountId } = await ask('createAccount', 'POST', '/admin/accounts', { name: 'Acme', currency: 'EUR' });
  const path = `/admin/accounts/${accountId}`;
  await ask('listAccounts', 'GET', '/admin/accounts?size=1');
  await ask('readAccount', 'GET', path);
  await ask('readAccount', 'GET', '/admin/accounts/unknown');
  await ask('changeAccount', 'PATCH', path, { name: 'Acme Ltd' });
  await ask('topUpAccount', 'POST', `${path}/top-ups`, { amount: 50, reference: 'Invoice 7' });
  await ask('topUpAccount', 'POST', `${path}/top-ups`, { amount: 0, reference: '' });
  await ask('changeLimits', 'PATCH', `${path}/limits`, { creditLimit: 10, lowBalance: 49.98 });
  await ask('adjustAccount', 'POST', `${path}/adjustments`, { amount: '-0.045', reference: 'Ticket 12' });
  await ask('readLedgerOfAccount', 'GET', `${path}/ledger?size=2`);
  return accountId;
}

async function applications(ask: Ask, accountId: string) {
  const { applicationId, applicationSecret } = await ask('createApplication', 'POST', '/admin/applications', {
    accountId,
    name: 'Shop',
  });
  const path = `/admin/applications/${applicationId}`;
  await ask('listApplications', 'GET', `/admin/applications?accountId=${accountId}`);
  await ask('readApplication', 'GET', path);
  await ask('changeApplication', 'PATCH', path, { name: 'Web shop' });
  const { secretId } = await ask('addSecret', 'POST', `${path}/secrets`);
  await ask('removeSecret', 'DELETE', `${path}/secrets/${secretId}`);
  await ask('rotateSecret', 'POST', `${path}/secrets/rotate`, { graceSeconds: 3600 });
  await ask('revokeTokens', 'POST', `${path}/revoke-tokens`);
  return { applicationId, applicationSecret };
}

async function settings(ask: Ask, applicationId: string, receiver: Receiver): Promise<void> {
  const path = `/admin/applications/${applicationId}`;
  const sms = 'Ο κωδικός σου: @@pin';
  await ask('changeSettings', 'PATCH', `${path}/settings`, {
    digits: 5,
    originator: 'Acme',
    callbackUrl: receiver.url,
    translations: { GR: { sms, voice: { text: 'Ο κωδικός σου είναι @@pin', language: 'el-GR' } } },
  });
  await ask('changeSettings', 'PATCH', `${path}/settings`, { digits: 3, defaultTemplate: 'No place for the code' });
  const { signingSecrets } = await ask('readSettings', 'GET', `${path}/settings`);
  await ask('rotateSigningSecret', 'POST', `${path}/signing-secrets/rotate`, { graceSeconds: 3600 });
  await ask('removeSigningSecret', 'DELETE', `${path}/signing-secrets/${signingSecrets[0].secretId}`);
  await ask('addSigningSecret', 'POST', `${path}/signing-secrets`);
  await ask('checkTemplate', 'POST', '/admin/templates/check', { template: 'Your code’s @@pin', countries: ['GR'] });
}

async function prices(ask: Ask): Promise<void> {
  await ask('listPrices', 'GET', '/admin/prices?country=GR');
  await ask('putPrice', 'PUT', '/admin/prices/TV/voice', { price: 0.09, cost: 0.061 });
  await ask('importPrices', 'POST', '/admin/prices/import', { csv: 'country,method,price\nTV,voice,0.1\nTV,sms,0.05' });
  await ask('deletePrice', 'DELETE', '/admin/prices/TV/voice');
  await ask('putNumberRange', 'PUT', '/admin/number-ranges/+1436', { type: 'mobile', country: 'US' });
  await ask('listNumberRanges', 'GET', '/admin/number-ranges');
  await ask('deleteNumberRange', 'DELETE', '/admin/number-ranges/+1436');
}

async function carriers(ask: Ask, chief: TestOperator): Promise<void> {
  const path = '/admin/carriers/second';
  await ask('putCarrier', 'PUT', path, { type: 'sandbox', settings: { receipts: true }, messagesPerSecond: 20 });
  await ask('putCarrier', 'PUT', path, { type: 'sandbox', settings: { delayInSeconds: 600 } });
  await eventually('a worker runs it', async () => (await chief.get('GET', path)).workers.length > 0);
  await ask('readCarrier', 'GET', path);
  await ask('listCarriers', 'GET', '/admin/carriers');
  await ask('drawReceiptUrl', 'POST', `${path}/receipt-secret`);
  await ask('pauseCarrier', 'POST', `${path}/pause`);
  await ask('resumeCarrier', 'POST', `${path}/resume`);
  await ask('sendTestMessage', 'POST', '/admin/carriers/sandbox/test-message', { recipient: RECIPIENT });
  const steps = [
    { carrier: 'second', method: 'sms', waitForReceiptSeconds: 30 },
    { carrier: 'sandbox', method: 'voice' },
  ];
  await ask('putRoute', 'PUT', '/admin/routes/all/TV', { steps });
  await ask('putRoute', 'PUT', '/admin/routes/all/TV', { steps: [{ carrier: 'third', method: 'sms' }] });
  await ask('readRoute', 'GET', '/admin/routes/all/TV');
  await ask('listRoutes', 'GET', '/admin/routes');
  await ask('deleteCarrier', 'DELETE', path);
  await ask('deleteRoute', 'DELETE', '/admin/routes/all/TV');
  await ask('deleteCarrier', 'DELETE', path);
}

async function callbacks(ask: Ask, applicationId: string): Promise<void> {
  const path = `/admin/applications/${applicationId}/callbacks`;
  await ask('testCallback', 'POST', `${path}/test`);
  await ask('pauseCallbacks', 'POST', `${path}/pause`);
  await ask('resumeCallbacks', 'POST', `${path}/resume`);
  const period = { from: '2026-01-01T08:00:00Z', to: '2026-01-01T09:30:00Z' };
  await ask('replayCallbacks', 'POST', `${path}/replay`, period);
  await ask('replayCallbacks', 'POST', `${path}/replay`, {});
}

async function verification(ask: Ask, api: ApiClient, stack: Stack): Promise<void> {
  const trackingId = await api.open({ recipient: RECIPIENT });
  const code = await api.code(trackingId, RECIPIENT);
  // The message is there before its carrier has answered.
  await api.happened(trackingId, 'charged');
  await api.confirm(trackingId, code);
  await eventually(
    'the callback',
    async () => (await stack.database.callbacks.findOne({ _id: trackingId }))?.state === 'delivered',
  );
  await ask('listVerifications', 'GET', '/admin/verifications?status=Verified&size=1');
  await ask('searchVerifications', 'POST', '/admin/verifications/search', { recipient: RECIPIENT });
  await ask('readVerification', 'GET', `/admin/verifications/${trackingId}`);
  await ask('readVerification', 'GET', '/admin/verifications/unknown');
}
