// What Twilio's calls say and ask for, as TwiML: nothing of the code before a key is pressed, the code twice, and once more on demand.
import type { Speech } from '../domain/speech.ts';
import { promptsFor } from './call-prompts.ts';
import { CarrierRejected } from './carrier.ts';
import type { TwilioSettings } from './twilio-settings.ts';
import { voiceFor } from './twilio-voices.ts';

type Voices = Pick<TwilioSettings, 'voices' | 'voice'>;

/** How long a key is waited for after the prompt was said; then it is said once more. */
const KEY_SECONDS = 6;
const PAUSE_SECONDS = 1;

/** Asks for a key, twice, then hangs up. @param action where the key goes @throws CarrierRejected without a voice for it */
export function askForKey(language: string, action: string, settings: Voices): string {
  const { press, language: spoken } = promptsFor(language, settings.voice.prompts);
  const prompt = say({ text: press, language: spoken }, settings);
  return response(gather(action, `${prompt}${pause(KEY_SECONDS)}${prompt}`), HANG_UP);
}

/** The code, twice, and an offer to hear it again. @param again where the next key goes; none for the last time */
export function sayCode(speech: Speech, again: string | undefined, settings: Voices): string {
  const code = say(speech, settings);
  const twice = `${code}${pause(PAUSE_SECONDS)}${code}`;
  if (again === undefined) return response(twice, HANG_UP);
  const { again: offer, language } = promptsFor(speech.language, settings.voice.prompts);
  return response(twice, gather(again, say({ text: offer, language }, settings)), HANG_UP);
}

const HANG_UP = '<Hangup/>';

/** Says nothing. */
export const hangUp = (): string => response(HANG_UP);

function response(...verbs: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`;
}

/** Any key counts, `#` too: with a key to finish by, that one would be no key. */
function gather(action: string, prompts: string): string {
  const attributes = `input="dtmf" numDigits="1" finishOnKey="" timeout="${KEY_SECONDS}" method="POST"`;
  return `<Gather action="${escaped(action)}" ${attributes}>${prompts}</Gather>`;
}

function say({ text, language }: Speech, { voices }: Voices): string {
  const found = voiceFor(language, voices);
  if (!found) {
    throw new CarrierRejected(
      `Twilio speaks no ${language}: name who does in the setting \`voices\`, or call by another`,
    );
  }
  return `<Say language="${escaped(found.language)}" voice="${escaped(found.voice)}">${escaped(text)}</Say>`;
}

const pause = (seconds: number) => `<Pause length="${seconds}"/>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What XML has no place for at all, half characters too, is left out: one of them would make the call say nothing. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
