// Who speaks which language in calls by Twilio.
import { describe, expect, test } from 'vitest';
import { voiceFor } from '../../carriers/twilio-voices.ts';

describe('the voice for', () => {
  test.each([
    ['en', 'en-US'],
    ['en-GB', 'en-GB'],
    ['EN-gb', 'en-GB'],
    ['en-NZ', 'en-US'],
    ['es', 'es-US'],
    ['es-ES', 'es-ES'],
    ['es-MX', 'es-US'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-PT'],
    ['fr-BE', 'fr-FR'],
    ['nl', 'nl-NL'],
    ['zh', 'cmn-CN'],
    ['zh-TW', 'cmn-TW'],
    ['zh-Hant-TW', 'cmn-TW'],
    ['zh-HK', 'yue-HK'],
    ['nn', 'nb-NO'],
    ['he', 'he-IL'],
    ['ar-EG', 'ar-XA'],
    ['uk', 'uk-UA'],
  ])('%s speaks %s', (tag, language) => {
    const found = voiceFor(tag);
    expect(found?.language).toBe(language);
    expect(found?.voice).toMatch(new RegExp(`^Google\\.${language}-Standard-[A-G]$`));
  });

  test('a language Twilio does not speak is none, unless the operator names one', () => {
    expect(voiceFor('mt')).toBeUndefined();
    const own = { language: 'it-IT', voice: 'Polly.Carla' };
    expect(voiceFor('mt-MT', { mt: own })).toEqual(own);
    expect(voiceFor('constructor')).toBeUndefined();
  });
});
