// What Twilio's calls are told once a key was pressed, or once somebody answered where no key is asked for.
import type { Receipt } from '../../domain/receipt.ts';
import type { AnsweredCall, Call } from '../call-answers.ts';
import type { CarrierRequest, Configuration } from '../carrier-request.ts';
import { isMachine, isPerson } from './receipts.ts';
import type { TwilioSecrets, TwilioSettings } from './settings.ts';
import { formOf, isTwilios } from './signature.ts';
import { askForKey, hangUp, sayCode } from './twiml.ts';

export function answerTwilioCall(
  call: Call,
  request: CarrierRequest,
  { settings, secrets }: Configuration<TwilioSettings, TwilioSecrets>,
): AnsweredCall {
  if (!isTwilios(request, secrets)) return 'notGenuine';
  const { CallSid: callSid, Digits: digits, AnsweredBy: who } = formOf(request.body) ?? {};
  if (typeof callSid !== 'string') return undefined;
  const answer = (body: string, ...receipts: Receipt[]) => ({ type: 'text/xml', body, receipts });
  const answeredBy = typeof who === 'string' ? who : undefined;
  const receipt = { messageId: callSid, reference: call.reference };
  if (call.over) return answer(hangUp());
  if (typeof digits === 'string' && digits !== '') {
    return answer(sayCode(call.speech, call.again, settings), { ...receipt, state: 'delivered' });
  }
  if (isMachine(answeredBy)) {
    return answer(hangUp(), { ...receipt, state: 'undelivered', reason: 'MACHINE' });
  }
  // No key yet: asked for by now, or never to be.
  if (!settings.voice.keyPress) {
    const heard = isPerson(answeredBy) ? [{ ...receipt, state: 'delivered' } as const] : [];
    return answer(sayCode(call.speech, undefined, settings), ...heard);
  }
  return answer(call.again === undefined ? hangUp() : askForKey(call.speech.language, call.again, settings));
}
