// The Vonage carrier keeps the contract of a carrier, by each of its APIs, against a Vonage that holds every request, answer and
// report against the vendor's public descriptions.
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import type { Carrier } from '../../carriers/carrier.ts';
import { createVonageCarrier } from '../../carriers/vonage.ts';
import { describeCarrierContract } from './carrier-contract.ts';
import { account, accountSecrets, accountSettings, givenSettings } from './vonage-account.ts';
import { type Listener, startListener } from './vonage-listener.ts';
import { startVonageMock, type VonageMock } from './vonage-mock.ts';
import type { Behaviour } from './vonage-mock-network.ts';

/** Of an application the carrier knows nothing of. */
const { publicKey: anotherKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const RECIPIENT = '+306948530920';

interface Api {
  readonly name: string;
  readonly settings: object;
  readonly method?: 'voice';
  readonly secrets: object;
  /** How it says no, not now, and too fast. */
  readonly refuses: Behaviour;
  readonly isBusy: Behaviour;
  readonly throttles: Behaviour;
}

const apis: readonly Api[] = [
  {
    name: 'the SMS API',
    settings: { smsSignature: 'sha256' },
    secrets: accountSecrets,
    refuses: { status: '6' },
    isBusy: { status: '10' },
    throttles: { status: '1' },
  },
  {
    name: 'the Messages API for an application',
    settings: { smsApi: 'messages' },
    secrets: accountSecrets,
    refuses: { http: 422, code: '1420' },
    isBusy: { http: 422, code: '1100' },
    throttles: { http: 429, code: '1000', retryAfter: 2 },
  },
  {
    name: 'the Messages API for the account',
    settings: { smsApi: 'messages', applicationId: undefined },
    secrets: { ...accountSecrets, privateKey: undefined },
    refuses: { http: 422, code: '1170' },
    isBusy: { http: 408 },
    throttles: { http: 429 },
  },
  {
    name: 'the Voice API',
    method: 'voice',
    settings: {},
    secrets: accountSecrets,
    refuses: { http: 400 },
    isBusy: { http: 408 },
    throttles: { http: 429, retryAfter: 1 },
  },
];

describe.each(apis)('by $name', ({ settings, secrets, method, refuses, isBusy, throttles }) => {
  let mock: VonageMock;
  let listener: Listener;
  let made: Carrier | undefined;
  let reporting: (() => Promise<unknown>) | undefined;
  /** Short only where no answer comes: a busy machine is slow, too. */
  let responseTimeoutSeconds: number | undefined;

  async function start(changes: Parameters<typeof startVonageMock>[0] = {}) {
    await mock?.stop();
    mock = await startVonageMock({ smsSignature: 'sha256', ...changes });
  }
  beforeEach(async () => {
    [made, reporting, responseTimeoutSeconds] = [undefined, undefined, undefined];
    await start();
    listener = await startListener({ settings: givenSettings(mock.url, settings), secrets });
  });
  afterEach(async () => {
    await made?.close?.();
    await Promise.all([mock.stop(), listener.stop()]);
    expect(mock.problems).toEqual([]);
  });

  const when = (...behaviours: Behaviour[]) => {
    return async () => {
      mock.next(...behaviours);
      return RECIPIENT;
    };
  };
  const reports = (report: () => Promise<unknown>) => async () => {
    reporting = report;
    return RECIPIENT;
  };
  const newestCall = () => mock.calls.at(-1) ?? expect.unreachable('no call was made');

  describeCarrierContract(() => ({
    ...(method && { method }),
    secrets: [account.apiSecret, account.signatureSecret, 'PRIVATE KEY', mock.url],
    async carrier() {
      const { urls } = listener;
      const changed = { ...settings, responseTimeoutSeconds };
      const carrier = createVonageCarrier('vonage', accountSettings(mock.url, changed), secrets, { urls });
      made = carrier;
      return {
        ...carrier,
        async send(message, key) {
          const accepted = await carrier.send(message, key);
          await reporting?.();
          return accepted;
        },
      };
    },
    accepted: async () => mock.sms.length + mock.calls.length,
    receipts: () => listener.receipts.filter(({ state }) => state !== 'underway'),
    situations: {
      accepts: when(),
      refuses: when(refuses),
      isBusy: when(isBusy),
      throttles: when(throttles),
      async losesItsAnswer() {
        responseTimeoutSeconds = 2;
        return await when('silence')();
      },
      dropsTheConnection: when('drop'),
      async refusesTheCarrier() {
        await start({ apiSecret: 'another one', publicKey: anotherKey });
        return RECIPIENT;
      },
      reportsDelivered: reports(async () => {
        if (!method) return await mock.reportSms('delivered');
        await newestCall().answer();
        return await newestCall().press('5');
      }),
      reportsUndelivered: reports(() =>
        method ? newestCall().fail('busy') : mock.reportSms(settings === apis[0]?.settings ? 'failed' : 'rejected'),
      ),
    },
  }));
});
