// Changes of settings: what is left out stays, null removes, and the trail is told of what differs alone.
import { describe, expect, test } from 'vitest';
import { readLanguage } from '../../domain/language.ts';
import { type ApplicationSettings, defaultSettings } from '../../domain/settings.ts';
import { changedSettings, difference } from '../../domain/settings-changes.ts';
import { checkTemplates, templateProblems } from '../../domain/settings-check.ts';

const voice = { text: 'spoken @@pin', language: 'el' };
const settings: ApplicationSettings = {
  ...defaultSettings,
  webOtpDomain: 'example.com',
  translations: { GR: { sms: 'greek @@pin', voice }, DE: { sms: 'german @@pin' } },
};

describe('a change', () => {
  test('of nothing changes nothing', () => {
    expect(changedSettings(settings, {})).toEqual(settings);
    expect(changedSettings(settings, { digits: undefined, translations: {}, webOtpDomain: undefined })).toEqual(
      settings,
    );
  });

  test('of one field leaves the others', () => {
    expect(changedSettings(settings, { digits: 4 })).toEqual({ ...settings, digits: 4 });
  });

  test('of a translation leaves the other countries, and the other method', () => {
    const { translations } = changedSettings(settings, { translations: { GR: { sms: 'new @@pin' }, FR: { voice } } });
    expect(translations).toEqual({ GR: { sms: 'new @@pin', voice }, DE: { sms: 'german @@pin' }, FR: { voice } });
  });

  test('to null takes a country, a method or the domain away; what is empty then is gone', () => {
    const { translations, ...rest } = changedSettings(settings, {
      webOtpDomain: null,
      translations: { GR: { voice: null }, DE: { sms: null }, FR: null },
    });
    expect(translations).toEqual({ GR: { sms: 'greek @@pin' } });
    expect(rest).not.toHaveProperty('webOtpDomain');
    expect(changedSettings(settings, { translations: { GR: null } }).translations).toEqual({
      DE: { sms: 'german @@pin' },
    });
  });
});

describe('a change of senders and DLT ids', () => {
  const ids = { contentTemplateId: '1', principalEntityId: '2' };
  const before: ApplicationSettings = {
    ...settings,
    restrictions: ids,
    translations: { IN: { sms: 'hindi @@pin', originator: 'ACMEIN', restrictions: ids } },
  };

  test.each([
    [{ IN: { originator: 'OTHER' } }, { sms: 'hindi @@pin', originator: 'OTHER', restrictions: ids }],
    [{ IN: { originator: null } }, { sms: 'hindi @@pin', restrictions: ids }],
    [
      { IN: { restrictions: { contentTemplateId: '3' } } },
      { sms: 'hindi @@pin', originator: 'ACMEIN', restrictions: { ...ids, contentTemplateId: '3' } },
    ],
    [
      { IN: { restrictions: { contentTemplateId: null } } },
      { sms: 'hindi @@pin', originator: 'ACMEIN', restrictions: { principalEntityId: '2' } },
    ],
    [{ IN: { restrictions: null } }, { sms: 'hindi @@pin', originator: 'ACMEIN' }],
    [{ IN: { sms: null, originator: null, restrictions: null } }, undefined],
  ])('of %j leaves %j', (translations, left) => {
    expect(changedSettings(before, { translations }).translations.IN).toEqual(left);
  });

  test.each([
    [{}, ids],
    [{ restrictions: {} }, ids],
    [{ restrictions: { principalEntityId: '9' } }, { ...ids, principalEntityId: '9' }],
    [{ restrictions: { principalEntityId: null } }, { contentTemplateId: '1' }],
    [{ restrictions: { contentTemplateId: null, principalEntityId: null } }, undefined],
    [{ restrictions: null }, undefined],
  ])('of the application by %j leaves %j', (change, left) => {
    expect(changedSettings(before, change).restrictions).toEqual(left);
  });
});

describe('the templates of settings', () => {
  test('are all checked, each by its own field, country and method', () => {
    expect(checkTemplates(settings).map(({ field, method, country }) => [field, method, country])).toEqual([
      ['defaultTemplate', 'sms', undefined],
      ['translations.GR.sms', 'sms', 'GR'],
      ['translations.GR.voice.text', 'voice', 'GR'],
      ['translations.DE.sms', 'sms', 'DE'],
    ]);
    expect(templateProblems(checkTemplates(settings))).toEqual({});
  });

  test('are named where they lack the code, or have too many parts with what else is set', () => {
    const bad = changedSettings(settings, {
      maxParts: 1,
      defaultTemplate: `${'x'.repeat(150)}@@pin`,
      translations: { GR: { voice: { ...voice, text: 'no code' } } },
    });
    expect(templateProblems(checkTemplates(bad))).toEqual({
      defaultTemplate: 'takes 2 parts with 6 digits, and at most 1 are allowed',
      'translations.GR.voice.text': 'must contain @@pin, the place of the code',
    });
  });
});

describe('the difference', () => {
  test('is undefined where there is none', () => {
    expect(difference(settings, changedSettings(settings, {}))).toBeUndefined();
  });

  test('tells the fields that differ and no other, null for one that is not there', () => {
    const next = changedSettings(settings, { digits: 8, webOtpDomain: null });
    expect(difference(settings, next)).toEqual({
      before: { digits: 6, webOtpDomain: 'example.com' },
      after: { digits: 8, webOtpDomain: null },
    });
  });
});

describe('a language', () => {
  test.each([
    ['el-GR', 'el-GR'],
    ['EL-gr', 'el-GR'],
    ['en', 'en'],
    ['zh-hant-tw', 'zh-Hant-TW'],
  ])('may be %s, which is %s', (tag, canonical) => expect(readLanguage(tag)).toBe(canonical));

  test.each(['', 'greek language', 'el_GR', '12', 'e', `en-${'a'.repeat(40)}`])('may not be "%s"', (tag) => {
    expect(readLanguage(tag)).toBeUndefined();
  });
});
