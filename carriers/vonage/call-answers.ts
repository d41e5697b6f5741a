// What a call by Vonage says once a key was pressed, or was not.
import type { AnsweredCall, Call } from '../call-answers.ts';
import type { CarrierRequest, Configuration } from '../carrier-request.ts';
import { askForKey, hangUp, type Ncco, sayAndOffer, sayTwice } from './ncco.ts';
import { fieldsOf } from './receipts.ts';
import type { VonageSecrets, VonageSettings } from './settings.ts';
import { isSignedWebhook } from './signature.ts';

/** Vonage asks as well when its wait for a key is over: then it may ask once more, and hangs up after that. */
export async function answerVonageCall(
  call: Call,
  request: CarrierRequest,
  { settings, secrets }: Configuration<VonageSettings, VonageSecrets>,
): Promise<AnsweredCall> {
  if (secrets.signatureSecret !== undefined && !(await isSignedWebhook(request, secrets.signatureSecret))) {
    return 'notGenuine';
  }
  const { dtmf, uuid } = fieldsOf(request.body);
  if (typeof dtmf !== 'object' || dtmf === null || typeof uuid !== 'string') return undefined;
  if (call.over) return answer(hangUp);
  const digits = (dtmf as { digits?: unknown }).digits;
  if (typeof digits !== 'string' || digits === '') {
    const once = call.round === 1 && call.again !== undefined;
    return answer(once ? askForKey(call.speech, settings, call.again) : hangUp);
  }
  const { reference, speech, again } = call;
  const said = again === undefined ? sayTwice(speech) : sayAndOffer(speech, settings, again);
  return answer(said, [{ messageId: uuid, reference, state: 'delivered' }]);
}

function answer(ncco: Ncco, receipts: Exclude<AnsweredCall, undefined | 'notGenuine'>['receipts'] = []): AnsweredCall {
  return { type: 'application/json', body: JSON.stringify(ncco), receipts };
}
