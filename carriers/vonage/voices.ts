// The languages Vonage's voices speak, and which of them speaks a template.

/** As a talk action names them: https://developer.vonage.com/en/voice/voice-api/concepts/text-to-speech */
export const voiceLanguages: readonly string[] = [
  ...['af-ZA', 'ar', 'bg-BG', 'bn-IN', 'ca-ES', 'cmn-CN', 'cmn-TW', 'cs-CZ', 'cy-GB', 'da-DK', 'de-AT', 'de-DE'],
  ...['el-GR', 'en-AU', 'en-GB', 'en-GB-SCT', 'en-GB-WLS', 'en-IE', 'en-IN', 'en-NZ', 'en-US', 'en-ZA', 'es-CO'],
  ...['es-ES', 'es-MX', 'es-US', 'eu-ES', 'fi-FI', 'fil-PH', 'fr-CA', 'fr-FR', 'gl-ES', 'gu-IN', 'he-IL', 'hi-IN'],
  ...['hu-HU', 'id-ID', 'is-IS', 'it-IT', 'ja-JP', 'kn-IN', 'ko-KR', 'lv-LV', 'ml-IN', 'ms-MY', 'nb-NO', 'nl-BE'],
  ...['nl-NL', 'no-NO', 'pa-IN', 'pl-PL', 'pt-BR', 'pt-PT', 'ro-RO', 'ru-RU', 'sk-SK', 'sr-RS', 'sv-SE', 'ta-IN'],
  ...['te-IN', 'th-TH', 'tr-TR', 'uk-UA', 'vi-VN', 'yue-CN'],
];

/** Vonage names what is spoken; a tag names what is written. */
const spoken: Readonly<Record<string, string>> = { 'zh-TW': 'cmn-TW', 'zh-HK': 'yue-CN', 'zh-MO': 'yue-CN' };

/**
 * The voice for a language, as a talk action names it: the very one, else its country's, else the one of where the language is at
 * home, else any.
 * @param tag a BCP 47 tag
 * @returns undefined where nobody speaks it
 */
export function voiceFor(tag: string): string | undefined {
  if (voiceLanguages.includes(tag)) return tag;
  const { language, region } = new Intl.Locale(tag).maximize();
  if (language === 'zh') return spoken[`zh-${region}`] ?? 'cmn-CN';
  const home = new Intl.Locale(language).maximize().region;
  const wanted = [`${language}-${region}`, language, `${language}-${home}`];
  return (
    wanted.find((each) => voiceLanguages.includes(each)) ??
    voiceLanguages.find((each) => each.startsWith(`${language}-`))
  );
}
