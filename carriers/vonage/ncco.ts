// What a call says, as Vonage is told it (NCCO): a key is asked for, then the code is said twice, then offered again.
import type { Speech } from '../../domain/speech.ts';
import { type Prompts, promptsFor } from '../call-prompts.ts';
import type { VonageSettings } from './settings.ts';
import { voiceFor } from './voices.ts';

export interface Talk {
  readonly action: 'talk';
  readonly text: string;
  readonly language: string;
  /** A key ends it. */
  readonly bargeIn?: boolean;
}

export interface Input {
  readonly action: 'input';
  readonly type: readonly ['dtmf'];
  readonly dtmf: { readonly maxDigits: number; readonly timeOut: number };
  readonly eventUrl: readonly [string];
  readonly eventMethod: 'POST';
}

export type Ncco = readonly (Talk | Input | { readonly action: 'wait'; readonly timeout: number })[];

/** The longest Vonage waits for a key, in seconds. */
const KEY_SECONDS = 10;
/** The longest text it says. */
export const LONGEST_TALK = 1_500;

/** Asks for a key. @param url asked what to say then */
export function askForKey(speech: Speech, settings: VonageSettings, url: string): Ncco {
  const { language, press } = promptsOf(speech, settings);
  return [talk(press, language, true), key(url)];
}

/** Says it twice. */
export function sayTwice({ text, language }: Speech): Ncco {
  return [talk(text, language), talk(text, language)];
}

/** Says it twice, and again for a key. */
export function sayAndOffer(speech: Speech, settings: VonageSettings, url: string): Ncco {
  const { language, again } = promptsOf(speech, settings);
  return [...sayTwice(speech), talk(again, language, true), key(url)];
}

/** Ends the call: it does so after its last action, and an NCCO has at least one. */
export const hangUp: Ncco = [{ action: 'wait', timeout: 0.1 }];

/** The words around the code, in a language there is a voice for wherever there is one for the code. */
function promptsOf({ language }: Speech, { voice }: VonageSettings): Prompts {
  return promptsFor(language, voice.prompts);
}

function talk(text: string, language: string, bargeIn = false): Talk {
  return { action: 'talk', text, language: voiceFor(language) ?? language, ...(bargeIn && { bargeIn }) };
}

function key(url: string): Input {
  return {
    action: 'input',
    type: ['dtmf'],
    dtmf: { maxDigits: 1, timeOut: KEY_SECONDS },
    eventUrl: [url],
    eventMethod: 'POST',
  };
}
