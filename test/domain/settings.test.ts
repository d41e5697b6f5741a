// Which template and which sender a verification gets: the request's, the country's, the application's.
import { describe, expect, test } from 'vitest';
import {
  type ApplicationSettings,
  chooseOriginator,
  chooseRestrictions,
  chooseTemplate,
  defaultSettings,
} from '../../domain/settings.ts';
import { hasPin } from '../../domain/template.ts';

const settings: ApplicationSettings = {
  ...defaultSettings,
  defaultTemplate: 'default @@pin',
  voiceLanguage: 'en-GB',
  translations: {
    GR: { sms: 'greek @@pin', voice: { text: 'spoken greek @@pin', language: 'el-GR' } },
    DE: { sms: 'german @@pin' },
    IT: { voice: { text: 'spoken italian @@pin', language: 'it' } },
  },
  originator: 'Acme',
};

const byDefault = "the application's default";
const translation = (country: string) => `the application's translation for ${country}`;

describe('the template', () => {
  test.each([
    ['of the request before all', { template: 'own @@pin', country: 'DE' }, 'GR', 'own @@pin', 'the request'],
    ['of the country asked for', { country: 'DE' }, 'GR', 'german @@pin', translation('DE')],
    [
      "of the recipient's country where the one asked for has none",
      { country: 'FR' },
      'GR',
      'greek @@pin',
      translation('GR'),
    ],
    ["of the recipient's country", {}, 'DE', 'german @@pin', translation('DE')],
    ['of the application', {}, 'FR', 'default @@pin', byDefault],
    [
      'of the application for no country at all',
      { country: undefined, template: undefined },
      'ZZ',
      'default @@pin',
      byDefault,
    ],
  ])('is that %s', (_what, asked, recipientCountry, template, templateFrom) => {
    expect(chooseTemplate(settings, 'sms', asked, recipientCountry)).toEqual({ template, templateFrom });
  });

  test.each([
    [
      'the translation with its own language',
      {},
      'GR',
      { template: 'spoken greek @@pin', language: 'el-GR', templateFrom: translation('GR') },
    ],
    [
      'that of the country asked for',
      { country: 'IT' },
      'GR',
      { template: 'spoken italian @@pin', language: 'it', templateFrom: translation('IT') },
    ],
    [
      'never the text of an SMS',
      { country: 'DE' },
      'GR',
      { template: 'spoken greek @@pin', language: 'el-GR', templateFrom: translation('GR') },
    ],
    [
      "the request's in the application's language",
      { template: 'own @@pin' },
      'GR',
      { template: 'own @@pin', language: 'en-GB', templateFrom: 'the request' },
    ],
    [
      "the default in the application's language",
      {},
      'DE',
      { template: 'default @@pin', language: 'en-GB', templateFrom: byDefault },
    ],
  ])('of a call is %s', (_what, asked, recipientCountry, chosen) => {
    expect(chooseTemplate(settings, 'voice', asked, recipientCountry)).toEqual(chosen);
  });

  test('of an SMS is never the text of a call', () => {
    expect(chooseTemplate(settings, 'sms', { country: 'IT' }, 'FR')).toEqual({
      template: 'default @@pin',
      templateFrom: byDefault,
    });
  });

  test('of a call has a language, also by settings from before there was one', () => {
    const { voiceLanguage: _, ...older } = settings;
    expect(chooseTemplate(older as ApplicationSettings, 'voice', {}, 'FR').language).toBe('en');
  });

  test('of a country named like a property of every object is not found', () => {
    expect(chooseTemplate(settings, 'sms', { country: 'constructor' }, '__proto__')).toEqual({
      template: 'default @@pin',
      templateFrom: byDefault,
    });
  });
});

describe('the originator', () => {
  test('is the one asked for, else that of the application', () => {
    expect(chooseOriginator(settings, 'Shop', [])).toEqual({ originator: 'Shop', originatorFrom: 'the request' });
    expect(chooseOriginator(settings, undefined, [])).toEqual({ originator: 'Acme', originatorFrom: byDefault });
  });

  test('is that of the application alone where it is enforced', () => {
    expect(chooseOriginator({ ...settings, originatorEnforced: true }, 'Shop', ['IN'])).toEqual({
      originator: 'Acme',
      originatorFrom: 'the application, which enforces it',
    });
  });
});

// Issue 12, A18.
describe('of an application with texts and ids for countries', () => {
  const india: ApplicationSettings = {
    ...settings,
    restrictions: { contentTemplateId: '1', principalEntityId: '2' },
    translations: {
      ...settings.translations,
      IN: { originator: 'ACMEIN', restrictions: { contentTemplateId: '1107160000000000001' } },
      LK: { sms: 'sinhala @@pin', originator: 'ACMELK' },
    },
  };

  test.each([
    ['the request', 'Shop', [undefined, 'IN'], 'Shop', 'the request'],
    ["the recipient's country", undefined, [undefined, 'IN'], 'ACMEIN', translation('IN')],
    ['the country asked for', undefined, ['LK', 'IN'], 'ACMELK', translation('LK')],
    [
      "the recipient's country, where the one asked for names none",
      undefined,
      ['GR', 'IN'],
      'ACMEIN',
      translation('IN'),
    ],
    ['the application', undefined, [undefined, 'GR'], 'Acme', byDefault],
    ['the application for a name of every object', undefined, ['constructor', '__proto__'], 'Acme', byDefault],
  ])('the originator is that of %s', (_what, asked, countries, originator, originatorFrom) => {
    expect(chooseOriginator(india, asked, countries)).toEqual({ originator, originatorFrom });
  });

  test.each([
    [{ contentTemplateId: '8', principalEntityId: '9' }, ['IN'], { contentTemplateId: '8', principalEntityId: '9' }],
    [{ principalEntityId: '9' }, ['IN'], { contentTemplateId: '1107160000000000001', principalEntityId: '9' }],
    [undefined, ['IN'], { contentTemplateId: '1107160000000000001', principalEntityId: '2' }],
    [undefined, ['LK', 'IN'], { contentTemplateId: '1107160000000000001', principalEntityId: '2' }],
    [undefined, ['GR'], { contentTemplateId: '1', principalEntityId: '2' }],
    [{}, [undefined], { contentTemplateId: '1', principalEntityId: '2' }],
  ])('of the ids %j, for %j, each is that of request, translation, application', (asked, countries, expected) => {
    expect(chooseRestrictions(india, asked, countries)).toEqual(expected);
  });

  test('there are no ids where nobody has any', () => {
    expect(chooseRestrictions(settings, undefined, ['IN'])).toBeUndefined();
    expect(chooseRestrictions(settings, {}, ['IN'])).toBeUndefined();
  });
});

test('a new application starts with what the contract says', () => {
  expect(defaultSettings).toMatchObject({ lifetimeInSeconds: 300, maxRetries: 3, digits: 6, maxParts: 4 });
  expect(defaultSettings.tokenLifetimeInSeconds).toBe(3600);
  expect(hasPin(defaultSettings.defaultTemplate)).toBe(true);
});
