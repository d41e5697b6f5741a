// Who speaks which language in Twilio's calls: one of its Google voices for each, by BCP 47 tag.
import type { TwilioSettings } from './twilio-settings.ts';

export interface TwilioVoice {
  /** As `<Say>` has it. */
  readonly language: string;
  readonly voice: string;
}

/** Locales with the letter of their standard voice, as the SDK of Twilio lists them (twilio-node 6.0, SayVoice). */
const letters: Readonly<Record<string, string>> = {
  'af-ZA': 'A',
  'am-ET': 'A',
  'ar-XA': 'A',
  'bg-BG': 'B',
  'bn-IN': 'A',
  'ca-ES': 'B',
  'cmn-CN': 'A',
  'cmn-TW': 'A',
  'cs-CZ': 'B',
  'da-DK': 'F',
  'de-DE': 'G',
  'el-GR': 'B',
  'en-AU': 'A',
  'en-GB': 'A',
  'en-IN': 'A',
  'en-US': 'C',
  'es-ES': 'G',
  'es-US': 'A',
  'fi-FI': 'B',
  'fil-PH': 'A',
  'fr-CA': 'A',
  'fr-FR': 'F',
  'gu-IN': 'A',
  'he-IL': 'A',
  'hi-IN': 'A',
  'hu-HU': 'B',
  'id-ID': 'A',
  'is-IS': 'B',
  'it-IT': 'E',
  'ja-JP': 'A',
  'kn-IN': 'A',
  'ko-KR': 'A',
  'lv-LV': 'B',
  'ml-IN': 'A',
  'mr-IN': 'A',
  'ms-MY': 'A',
  'nb-NO': 'F',
  'nl-BE': 'A',
  'nl-NL': 'F',
  'pa-IN': 'A',
  'pl-PL': 'F',
  'pt-BR': 'A',
  'pt-PT': 'E',
  'ro-RO': 'B',
  'ru-RU': 'A',
  'sk-SK': 'B',
  'sr-RS': 'A',
  'sv-SE': 'F',
  'ta-IN': 'A',
  'te-IN': 'A',
  'th-TH': 'A',
  'tr-TR': 'A',
  'uk-UA': 'A',
  'vi-VN': 'A',
  'yue-HK': 'A',
};

/** For a language alone, or under another name. Of the other languages the first locale above is taken. */
const locales: Readonly<Record<string, string>> = {
  en: 'en-US',
  es: 'es-US',
  'es-es': 'es-ES',
  fr: 'fr-FR',
  nl: 'nl-NL',
  no: 'nb-NO',
  nn: 'nb-NO',
  iw: 'he-IL',
  in: 'id-ID',
  tl: 'fil-PH',
  cmn: 'cmn-CN',
  zh: 'cmn-CN',
  'zh-tw': 'cmn-TW',
  'zh-hant': 'cmn-TW',
  'zh-hk': 'yue-HK',
};

const known = Object.keys(letters);

/**
 * The voice for a language: the operator's for the tag or for its base, then Twilio's for the locale, then for the language;
 * undefined where Twilio speaks no such language.
 */
export function voiceFor(tag: string, own: TwilioSettings['voices'] = {}): TwilioVoice | undefined {
  const asked = tag.toLowerCase();
  const base = asked.split('-')[0] ?? '';
  const given = (each: string) => Object.entries(own).find(([name]) => name.toLowerCase() === each)?.[1];
  const mine = given(asked) ?? given(base);
  if (mine) return mine;
  const locale =
    known.find((each) => each.toLowerCase() === asked) ??
    nearest(asked) ??
    known.find((each) => each.split('-')[0] === base);
  return locale === undefined ? undefined : { language: locale, voice: `Google.${locale}-Standard-${letters[locale]}` };
}

/** By the longest beginning of the tag that has another name. */
function nearest(asked: string): string | undefined {
  const parts = asked.split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const beginning = parts.slice(0, length).join('-');
    if (Object.hasOwn(locales, beginning)) return locales[beginning];
  }
  return undefined;
}
