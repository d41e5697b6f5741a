// The http carrier keeps the contract of a carrier, as configured for three gateways of different shape in the documentation.
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Receipt } from '../../domain/receipt.ts';
import { RECIPIENT } from '../support/smpp-carrier.ts';
import { type CarrierHarness, describeCarrierContract } from './carrier-contract.ts';
import { type Example, exampleCarrier, receiptsIn, SECRET } from './http-example.ts';
import type { Asked, Behaviour, Gateway } from './http-gateway.ts';
import { esendexReport, errors as ofEsendex, startEsendex } from './http-gateway-esendex.ts';
import { infobipReport, errors as ofInfobip, startInfobip, statusAnswer } from './http-gateway-infobip.ts';
import { kannelReport, replies as ofKannel, startKannel } from './http-gateway-kannel.ts';

interface Documented {
  start(): Promise<Gateway>;
  readonly refusal: Behaviour;
  readonly busy?: Behaviour;
  readonly throttling?: Behaviour;
  report(accepted: Asked, state: 'delivered' | 'undelivered'): Asked | undefined;
}

const gateways: Readonly<Record<Example, Documented>> = {
  infobip: {
    start: startInfobip,
    refusal: statusAnswer('REJECTED', 'REJECTED_DESTINATION'),
    busy: statusAnswer('REJECTED', 'REJECTED_SYSTEM_ERROR'),
    throttling: ofInfobip.tooManyFor,
    report: (accepted, state) =>
      state === 'delivered'
        ? infobipReport(accepted, 'DELIVERED', 'DELIVERED_TO_HANDSET')
        : infobipReport(accepted, 'UNDELIVERABLE', 'UNDELIVERABLE_NOT_DELIVERED', 'EC_ABSENT_SUBSCRIBER'),
  },
  kannel: {
    start: startKannel,
    refusal: ofKannel.notRoutable,
    busy: ofKannel.temporal,
    throttling: ofKannel.temporal,
    report: (accepted, state) => kannelReport(accepted, state === 'delivered' ? 1 : 2),
  },
  esendex: {
    start: startEsendex,
    refusal: ofEsendex.malformed,
    // Its own documentation knows no "later" but what any server may say.
    busy: { status: 429 },
    report: (_, state) => esendexReport(state === 'delivered' ? 'MessageDelivered' : 'MessageFailed'),
  },
};

describe.each(Object.entries(gateways) as [Example, Documented][])('configured for %s', (name, documented) => {
  let gateway: Gateway;
  const receipts: Receipt[] = [];
  let secrets: object = {};

  beforeAll(async () => {
    gateway = await documented.start();
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.reset();
    receipts.length = 0;
    secrets = {};
  });

  const when =
    (...behaviours: Behaviour[]) =>
    async () => {
      for (const behaviour of behaviours) gateway.next(behaviour);
      return RECIPIENT;
    };
  const reports = (state: 'delivered' | 'undelivered') => async () => {
    reporting = state;
    return RECIPIENT;
  };
  let reporting: 'delivered' | 'undelivered' | undefined;

  const missing = documented.throttling ? [] : (['throttles'] as const);
  describeCarrierContract((): CarrierHarness => {
    reporting = undefined;
    return {
      secrets: [SECRET],
      async carrier() {
        const carrier = exampleCarrier(name, gateway.url, { secrets });
        return {
          ...carrier,
          async send(message, key) {
            const acceptance = await carrier.send(message, key);
            const [accepted] = gateway.accepted;
            const report = accepted && reporting && documented.report(accepted, reporting);
            const read = report && (await receiptsIn(name, report));
            if (Array.isArray(read)) receipts.push(...read);
            return acceptance;
          },
        };
      },
      accepted: async () => gateway.accepted.length,
      receipts: () => receipts,
      situations: {
        accepts: when(),
        refuses: when(documented.refusal),
        isBusy: when(documented.busy ?? documented.refusal),
        ...(documented.throttling && { throttles: when(documented.throttling) }),
        losesItsAnswer: when('lost'),
        dropsTheConnection: when('dropped'),
        async refusesTheCarrier() {
          secrets = name === 'infobip' ? { apiKey: 'other' } : { password: 'other' };
          return RECIPIENT;
        },
        reportsDelivered: reports('delivered'),
        reportsUndelivered: reports('undelivered'),
      },
    };
  }, missing);
});
