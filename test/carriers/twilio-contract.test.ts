// The Twilio carrier keeps the contract of a carrier, by SMS and by calls, in front of a server that checks every request.
import { afterEach, beforeEach, describe, expect } from 'vitest';
import type { Carrier } from '../../carriers/carrier.ts';
import { RECIPIENT } from '../support/smpp-carrier.ts';
import { type TestedTwilio, twilioCarrier } from '../support/twilio-carrier.ts';
import { describeCarrierContract } from './carrier-contract.ts';
import type { Behaviour } from './twilio-mock.ts';

describe.each(['sms', 'voice'] as const)('by %s', (method) => {
  let tested: TestedTwilio;
  beforeEach(async () => {
    tested = await twilioCarrier();
  });
  afterEach(async () => {
    expect(tested.twilio.asked.flatMap(({ problems }) => problems)).toEqual([]);
    await tested.twilio.stop();
  });

  const behaves = (...behaviours: Behaviour[]) => {
    tested.twilio.does(...behaviours);
    return RECIPIENT;
  };
  /** What it accepts next is reported on. */
  const reports = (fields: Record<string, string>, press = false) => {
    const { carrier, twilio } = tested;
    inUse = {
      ...carrier,
      async send(message, key) {
        const accepted = await by(carrier).send(message, key);
        const [sid = ''] = accepted.messageIds;
        if (press) await twilio.press(sid);
        else await twilio.report(sid, fields);
        return accepted;
      },
    };
    return RECIPIENT;
  };
  let inUse: Carrier | undefined;
  const by = (carrier: Carrier): Carrier => ({
    ...carrier,
    send: (message, key) =>
      carrier.send(
        { ...message, method, ...(method === 'voice' && { speech: { text: message.text, language: 'en' } }) },
        key,
      ),
  });

  describeCarrierContract(() => {
    inUse = undefined;
    return {
      carrier: async () => inUse ?? by(tested.carrier),
      accepted: async () => tested.twilio.made.length,
      receipts: () => tested.receipts,
      secrets: [tested.twilio.authToken],
      situations: {
        accepts: async () => behaves('accept'),
        refuses: async () => behaves({ refuse: 21610 }),
        isBusy: async () => behaves('busy'),
        throttles: async () => behaves('throttle'),
        losesItsAnswer: async () => {
          inUse = by(tested.impatient);
          return behaves('loseAnswer');
        },
        dropsTheConnection: async () => behaves('drop'),
        refusesTheCarrier: async () => behaves({ refuse: 20003, status: 401 }),
        reportsDelivered: async () => reports({ MessageStatus: 'delivered' }, method === 'voice'),
        reportsUndelivered: async () =>
          reports(method === 'sms' ? { MessageStatus: 'undelivered', ErrorCode: '30003' } : { CallStatus: 'busy' }),
      },
    };
  });
});
