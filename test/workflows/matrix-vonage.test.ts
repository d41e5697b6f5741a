// The matrix of outcomes, places and receipts for Vonage: SMS by either of its APIs, and calls whose receipt is a pressed key.
import { createVonageCarrier } from '../../carriers/vonage/carrier.ts';
import type { Method } from '../../domain/method.ts';
import { accountSecrets, accountSettings, givenSettings } from '../carriers/vonage/account.ts';
import { startListener } from '../carriers/vonage/listener.ts';
import { startVonageMock } from '../carriers/vonage/mock.ts';
import { reporter, type SentSms } from '../carriers/vonage/mock-reports.ts';
import { describeMatrix } from './matrix/describe-matrix.ts';
import type { Subject } from './matrix/subject.ts';
import { startVendorProxy, type Vendor } from './matrix/vendor-proxy.ts';

interface Api extends Omit<Vendor, 'upstream'> {
  readonly method: Method;
  readonly settings: object;
}

const reporting = reporter({ smsSignature: 'sha256' }, (problem) => {
  throw new Error(problem);
});

const apis = {
  vsms: {
    method: 'sms',
    settings: { smsSignature: 'sha256' },
    isSend: (method, path) => method === 'POST' && path.startsWith('/sms/'),
    idOf: (answer) => JSON.parse(answer).messages[0]['message-id'],
    // Its refusals hide in a 200.
    refusal: { status: 200, body: '{"message-count":"1","messages":[{"status":"6","error-text":"not routable"}]}' },
  },
  vmessages: {
    method: 'sms',
    settings: { smsApi: 'messages' },
    isSend: (method, path) => method === 'POST' && path.startsWith('/v1/messages'),
    idOf: (answer) => JSON.parse(answer).message_uuid,
    refusal: {
      status: 422,
      body: '{"type":"https://developer.vonage.com/api-errors/messages#1420","title":"Invalid sender"}',
    },
  },
  vcalls: {
    method: 'voice',
    settings: {},
    isSend: (method, path) => method === 'POST' && path.startsWith('/v1/calls'),
    idOf: (answer) => JSON.parse(answer).uuid,
    refusal: { status: 400, body: '{"title":"Invalid number"}' },
  },
} satisfies Readonly<Record<string, Api>>;

function subject(api: Api): Subject {
  return {
    firstOnly: true,
    method: api.method,
    looksUp: false,
    async create(name, scriptFor) {
      const mock = await startVonageMock({ smsSignature: 'sha256' });
      const proxy = await startVendorProxy({ ...api, upstream: mock.url }, scriptFor);
      const configuration = { settings: givenSettings(proxy.url, api.settings), secrets: accountSecrets };
      const listener = await startListener(configuration);
      const settings = accountSettings(proxy.url, { ...api.settings, responseTimeoutSeconds: 10 });
      return {
        carrier: createVonageCarrier(name, settings, accountSecrets, { urls: listener.urls }),
        async receiptsOf(messageId, _, state) {
          const sms = mock.sms.find(({ messageIds }) => messageIds.includes(messageId));
          const call = mock.calls.find(({ uuid }) => uuid === messageId);
          if (sms) await reporting.sms(sms, messageId, smsStatus(sms, state));
          else if (state === 'undelivered') await call?.fail('unanswered');
          else {
            await call?.answer();
            await call?.press('1');
          }
          return listener.receipts.filter((each) => each.messageId === messageId && each.state !== 'underway');
        },
        async stop() {
          await Promise.all([proxy.stop(), mock.stop(), listener.stop()]);
        },
      };
    },
  };
}

function smsStatus({ api }: SentSms, state: 'delivered' | 'undelivered'): string {
  if (state === 'delivered') return 'delivered';
  return api === 'sms' ? 'failed' : 'undeliverable';
}

describeMatrix({
  vsms: subject(apis.vsms),
  vmessages: subject(apis.vmessages),
  vcalls: subject(apis.vcalls),
});
