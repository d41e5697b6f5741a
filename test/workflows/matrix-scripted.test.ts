// The matrix of outcomes, places and receipts for a carrier that has no network behind it: what the core itself makes of them.
import { messageIdOf, scriptedCarrier } from '../support/scripted-carrier.ts';
import { describeMatrix } from './matrix/describe-matrix.ts';

describeMatrix({
  scripted: {
    method: 'sms',
    looksUp: false,
    firstOnly: false,
    async create(name, scriptFor) {
      const carrier = scriptedCarrier(name, (_, recipient) => {
        const script = scriptFor(recipient);
        if (!script) return undefined;
        return {
          outcome: script.outcome,
          sending: async (key) => {
            if (['accepted', 'unknown'].includes(script.outcome)) await script.taken(messageIdOf(name, key), key);
          },
        };
      });
      return { carrier, receiptsOf: async (messageId, reference, state) => [{ messageId, reference, state }] };
    },
  },
});
