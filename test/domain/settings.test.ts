// Which template and which sender a verification gets: the request's, the country's, the application's.
import { describe, expect, test } from 'vitest';
import { type ApplicationSettings, chooseOriginator, chooseTemplate, defaultSettings } from '../../domain/settings.ts';
import { hasPin } from '../../domain/template.ts';

const settings: ApplicationSettings = {
  ...defaultSettings,
  defaultTemplate: 'default @@pin',
  translations: { GR: 'greek @@pin', DE: 'german @@pin' },
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
    expect(chooseTemplate(settings, asked, recipientCountry)).toEqual({ template, templateFrom });
  });

  test('of a country named like a property of every object is not found', () => {
    expect(chooseTemplate(settings, { country: 'constructor' }, '__proto__').template).toBe('default @@pin');
  });
});

describe('the originator', () => {
  test('is the one asked for, else that of the application', () => {
    expect(chooseOriginator(settings, 'Shop')).toEqual({ originator: 'Shop', originatorFrom: 'the request' });
    expect(chooseOriginator(settings, undefined)).toEqual({ originator: 'Acme', originatorFrom: byDefault });
  });

  test('is that of the application alone where it is enforced', () => {
    expect(chooseOriginator({ ...settings, originatorEnforced: true }, 'Shop')).toEqual({
      originator: 'Acme',
      originatorFrom: 'the application, which enforces it',
    });
  });
});

test('a new application starts with what the contract says', () => {
  expect(defaultSettings).toMatchObject({ lifetimeInSeconds: 300, maxRetries: 3, digits: 6, maxParts: 4 });
  expect(defaultSettings.tokenLifetimeInSeconds).toBe(3600);
  expect(hasPin(defaultSettings.defaultTemplate)).toBe(true);
});
