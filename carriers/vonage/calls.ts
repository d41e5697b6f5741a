// Calls by Vonage's Voice API: what is said first goes with the request, what follows a key is asked for later.
import { type Acceptance, CarrierRejected, type OutgoingMessage } from '../carrier.ts';
import type { CarrierUrls } from '../carrier-request.ts';
import type { AskHttp } from '../http-request.ts';
import { askVonage } from './json.ts';
import { askForKey, LONGEST_TALK, type Ncco, sayTwice } from './ncco.ts';
import { detectsMachines, type VonageSettings } from './settings.ts';
import { voiceFor } from './voices.ts';

/** Calls. @param authorization the header of the application @throws the errors of a carrier */
export async function callByVoiceApi(
  ask: AskHttp,
  message: OutgoingMessage,
  idempotencyKey: string,
  settings: VonageSettings,
  authorization: string,
  urls: CarrierUrls | undefined,
): Promise<Acceptance> {
  const { recipient, validForSeconds } = message;
  const { voice, apiUrl, responseTimeoutSeconds } = settings;
  const uuid = await askVonage(
    ask,
    'Voice API',
    {
      url: `${apiUrl}/v1/calls`,
      authorization,
      timeoutMs: responseTimeoutSeconds * 1000,
      body: {
        to: [{ type: 'phone', number: recipient.slice(1) }],
        ...callerOf(message, settings),
        ncco: firstWords(message, idempotencyKey, settings, urls),
        ...(urls && { event_url: [urls.receipts(idempotencyKey)], event_method: 'POST' }),
        ...(detectsMachines(settings) && { machine_detection: 'hangup' }),
        // A phone that is answered later has nothing to hear.
        ringing_timer: Math.max(Math.min(voice.ringSeconds, validForSeconds), 1),
        length_timer: voice.mostSeconds,
      },
    },
    'uuid',
  );
  return { messageIds: [uuid], parts: 1 };
}

/** An originator with letters calls nobody: then it is the number of the settings, or any of the application's. */
function callerOf({ originator }: OutgoingMessage, { callerId }: VonageSettings): object {
  const number = /^\+?(\d{7,15})$/.exec(originator)?.[1] ?? callerId?.slice(1);
  return number === undefined ? { random_from_number: true } : { from: { type: 'phone', number } };
}

/** @throws CarrierRejected for what cannot be said, or where nobody could be asked for more */
function firstWords(
  { speech, validForSeconds }: OutgoingMessage,
  reference: string,
  settings: VonageSettings,
  urls: CarrierUrls | undefined,
): Ncco {
  if (!speech) throw new CarrierRejected('the message is not for speaking');
  if (voiceFor(speech.language) === undefined) {
    throw new CarrierRejected(`Vonage has no voice for the language ${speech.language}`);
  }
  if (speech.text.length > LONGEST_TALK) {
    throw new CarrierRejected(`Vonage says at most ${LONGEST_TALK} characters`);
  }
  if (!settings.voice.keyPress) return sayTwice(speech);
  if (!urls) {
    // No fault of the carrier: that would keep its SMS back, too.
    throw new CarrierRejected(
      'calls that wait for a key need an address Vonage can reach: set PUBLIC_URL, or voice.keyPress to false',
    );
  }
  return askForKey(speech, settings, urls.call({ reference, speech, validUntil: Date.now() + validForSeconds * 1000 }));
}
