// The matrix of outcomes, places and receipts for Twilio: SMS, which can be looked up by number, and calls whose receipt is a key.
import { createTwilioCarrier } from '../../carriers/twilio/carrier.ts';
import { twilioSecrets, twilioSettings } from '../../carriers/twilio/settings.ts';
import { CALLER, twilioCarrier, urls } from '../support/twilio-carrier.ts';
import { describeMatrix } from './matrix/describe-matrix.ts';
import type { Subject } from './matrix/subject.ts';
import { startVendorProxy } from './matrix/vendor-proxy.ts';

function subject(resource: 'Messages' | 'Calls', rest: Omit<Subject, 'create' | 'firstOnly'>): Subject {
  return {
    ...rest,
    firstOnly: true,
    async create(name, scriptFor) {
      const { twilio, receipts } = await twilioCarrier();
      const proxy = await startVendorProxy(
        {
          upstream: twilio.url,
          isSend: (method, path) => method === 'POST' && path.endsWith(`/${resource}.json`),
          idOf: (answer) => JSON.parse(answer).sid,
          refusal: { status: 400, body: '{"code":21610,"status":400}' },
        },
        scriptFor,
      );
      const { accountSid, authToken } = twilio;
      const settings = twilioSettings.parse({ accountSid, baseUrl: proxy.url, callerId: CALLER });
      return {
        carrier: createTwilioCarrier(name, settings, twilioSecrets.parse({ authToken }), urls),
        async receiptsOf(messageId, _, state) {
          if (resource === 'Messages') await twilio.report(messageId, { MessageStatus: state });
          else if (state === 'delivered') await twilio.press(messageId);
          else await twilio.report(messageId, { CallStatus: 'no-answer' });
          return receipts.filter((each) => each.messageId === messageId);
        },
        async stop() {
          await Promise.all([proxy.stop(), twilio.stop()]);
        },
      };
    },
  };
}

describeMatrix({
  twilio: subject('Messages', { method: 'sms', looksUp: true }),
  // What calls say is in no list, so a look-up is certain of none.
  'twilio-calls': subject('Calls', { method: 'voice', looksUp: false }),
});
