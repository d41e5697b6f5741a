// The matrix of outcomes, places and receipts for gateways that the http carrier was configured for: Infobip, which can be asked what
// became of a message, and Kannel, which names none and reports by our own reference.
import type { CarrierUrls } from '../../carriers/carrier-request.ts';
import { createHttpCarrier } from '../../carriers/http/carrier.ts';
import { httpSecrets, httpSettings } from '../../carriers/http/settings.ts';
import { type Example, exampleOf, receiptsIn, urls } from '../carriers/http/example.ts';
import type { Asked, Gateway } from '../carriers/http/gateway.ts';
import { infobipReport, log, startInfobip, statusAnswer } from '../carriers/http/gateway-infobip.ts';
import { kannelReport, startKannel } from '../carriers/http/gateway-kannel.ts';
import { describeMatrix } from './matrix/describe-matrix.ts';
import type { Script, Subject } from './matrix/subject.ts';
import { decoded, startVendorProxy, type Vendor } from './matrix/vendor-proxy.ts';

interface Documented extends Omit<Vendor, 'upstream'> {
  start(): Promise<Gateway>;
  report(accepted: Asked, state: 'delivered' | 'undelivered'): Asked | undefined;
  /** Keeps what it took where look-ups find it. */
  took?(messageId: string): void;
}

const gateways = {
  infobip: {
    start: startInfobip,
    isSend: (method) => method === 'POST',
    idOf: (answer) => JSON.parse(answer).messages[0].messageId,
    refusal: { status: 200, body: statusAnswer('REJECTED', 'REJECTED_DESTINATION').body ?? '' },
    took: (messageId) => log(messageId, 'PENDING', 'PENDING_ENROUTE'),
    report: (accepted, state) =>
      infobipReport(accepted, state === 'delivered' ? 'DELIVERED' : 'UNDELIVERABLE', state.toUpperCase()),
  },
  kannel: {
    start: startKannel,
    isSend: (_, path) => path.startsWith('/cgi-bin/sendsms'),
    idOf: () => '',
    refusal: { status: 403, body: 'Not routable. Do not try again.', type: 'text/html' },
    report: (accepted, state) => kannelReport(accepted, state === 'delivered' ? 1 : 2),
  },
} satisfies Readonly<Record<string, Documented>>;

function subject(name: Example & keyof typeof gateways, looksUp: boolean): Subject {
  const documented: Documented = gateways[name];
  return {
    method: 'sms',
    looksUp,
    firstOnly: true,
    async create(carrier, scriptFor) {
      const gateway = await documented.start();
      const remembering = (recipient: string): Script | undefined => {
        const script = scriptFor(recipient);
        return (
          script && {
            ...script,
            taken: async (messageId, key) => {
              documented.took?.(messageId);
              await script.taken(messageId, key);
            },
          }
        );
      };
      const proxy = await startVendorProxy({ ...documented, upstream: gateway.url }, remembering);
      const example = exampleOf(name, proxy.url);
      const settings = httpSettings.parse({ ...example.settings, timeoutSeconds: 10 });
      return {
        carrier: createHttpCarrier(carrier, settings, httpSecrets.parse(example.secrets), {
          urls: urls satisfies CarrierUrls,
        }),
        async receiptsOf(_, key, state) {
          const accepted = gateway.accepted.find((each) => decoded(`${each.query} ${each.body}`).includes(key));
          const report = accepted && documented.report(accepted, state);
          const read = report && (await receiptsIn(name, report));
          return Array.isArray(read) ? read : [];
        },
        async stop() {
          await Promise.all([proxy.stop(), gateway.stop()]);
        },
      };
    },
  };
}

describeMatrix({
  infobip: subject('infobip', true),
  kannel: subject('kannel', false),
});
