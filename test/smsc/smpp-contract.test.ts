// The SMPP carrier keeps the contract of a carrier, against an SMSC of another make.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { describeCarrierContract } from '../carriers/carrier-contract.ts';
import { bound, PASSWORD, RECIPIENT, smppCarrier, type TestedCarrier } from '../support/smpp-carrier.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';
import type { SmscSettings } from '../support/smsc-contract.ts';

let smsc: Smsc;
let tested: TestedCarrier | undefined;

beforeAll(async () => {
  smsc = await startSmsc({}, () => {});
});
afterAll(() => smsc.stop());
beforeEach(() => smsc.reset());
afterEach(async () => {
  await tested?.close();
  tested = undefined;
});

const destination = RECIPIENT.slice(1);
const when = (settings: SmscSettings, times?: number) => async () => {
  await smsc.rule({ destination, ...(times && { times }) }, settings);
  return RECIPIENT;
};

describeCarrierContract(() => ({
  secrets: [PASSWORD],
  async carrier() {
    tested ??= smppCarrier(smsc);
    return tested.carrier;
  },
  async accepted() {
    const rows = (await smsc.submits()).filter(({ accepted }) => accepted);
    return rows.filter(({ concatenation }) => (concatenation?.part ?? 1) === 1).length;
  },
  receipts: () => tested?.receipts ?? [],
  situations: {
    accepts: when({ receipts: false }),
    refuses: when({ status: 0x0b }),
    isBusy: when({ status: 0x14 }, 1),
    throttles: when({ status: 0x58 }, 1),
    losesItsAnswer: when({ respondAfterMs: 4_000 }),
    async dropsTheConnection() {
      tested = smppCarrier(smsc);
      await bound(smsc, tested);
      return await when({ drop: 'afterAccept' })();
    },
    async refusesTheCarrier() {
      await smsc.set({ password: 'other' });
      return RECIPIENT;
    },
    reportsDelivered: when({}),
    reportsUndelivered: when({ receiptStates: 'UNDELIV', receiptError: '027' }),
  },
}));
