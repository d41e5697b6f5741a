// An application's settings, what they start as, and how a request's choices and they become one verification's.
import type { Restrictions } from './message.ts';
import type { Method } from './method.ts';

/** What is sent to numbers of one country; what is left out is as the application has it. */
export interface Translation {
  readonly sms?: string;
  /** `language` is a BCP 47 tag such as `el-GR`. */
  readonly voice?: { readonly text: string; readonly language: string };
  readonly originator?: string;
  readonly restrictions?: Restrictions;
}

export interface ApplicationSettings {
  readonly lifetimeInSeconds: number;
  readonly maxRetries: number;
  readonly digits: number;
  readonly maxParts: number;
  readonly tokenLifetimeInSeconds: number;
  readonly originator: string;
  /** When true the application's originator always wins over the request's. */
  readonly originatorEnforced: boolean;
  /** Verifications are deleted this long after their start; reports and ledger stay. */
  readonly retentionInDays: number;
  readonly defaultTemplate: string;
  /** The language a call speaks where no translation says its own; a BCP 47 tag. */
  readonly voiceLanguage: string;
  /** Whether SMS to a landline, which it cannot reach, goes by voice instead of being refused. */
  readonly landlineByVoice: boolean;
  /** The site a code is typed into: every SMS ends with the WebOTP line for it. */
  readonly webOtpDomain?: string;
  /** DLT ids for where neither the request nor a translation has one. */
  readonly restrictions?: Restrictions;
  /** By ISO 3166-1 alpha-2 country, in capitals. */
  readonly translations: Readonly<Record<string, Translation>>;
}

/** What a new application starts with (CONTRACT: lifetime, retries and digits are our choice). */
export const defaultSettings: ApplicationSettings = {
  lifetimeInSeconds: 300,
  maxRetries: 3,
  digits: 6,
  maxParts: 4,
  tokenLifetimeInSeconds: 3600,
  originator: 'Twostep',
  originatorEnforced: false,
  retentionInDays: 90,
  defaultTemplate: 'Your verification code is @@pin',
  voiceLanguage: 'en',
  landlineByVoice: false,
  translations: {},
};

export interface ChosenTemplate {
  readonly template: string;
  /** With `voice` alone. */
  readonly language?: string;
  /** Where it comes from, in words. */
  readonly templateFrom: string;
}

/** The template in force: the request's; else the translation for `country`; else the recipient country's; else the default. */
export function chooseTemplate(
  settings: ApplicationSettings,
  method: Method,
  asked: { template?: string | undefined; country?: string | undefined },
  recipientCountry: string,
): ChosenTemplate {
  const chosen =
    asked.template === undefined ? translationFor(settings, method, [asked.country, recipientCountry]) : undefined;
  if (chosen) return chosen;
  const source =
    asked.template === undefined
      ? { template: settings.defaultTemplate, templateFrom: "the application's default" }
      : { template: asked.template, templateFrom: 'the request' };
  return method === 'voice' ? { ...source, language: settings.voiceLanguage ?? defaultSettings.voiceLanguage } : source;
}

function translationFor(
  settings: ApplicationSettings,
  method: Method,
  countries: readonly (string | undefined)[],
): ChosenTemplate | undefined {
  for (const { country, translation } of translationsOf(settings, countries)) {
    const { sms, voice } = translation;
    const templateFrom = fromTranslation(country);
    if (method === 'sms' && sms !== undefined) return { template: sms, templateFrom };
    if (method === 'voice' && voice) return { template: voice.text, language: voice.language, templateFrom };
  }
  return undefined;
}

const fromTranslation = (country: string) => `the application's translation for ${country}`;

/** The translations there are for the countries, in their order. */
function translationsOf({ translations }: ApplicationSettings, countries: readonly (string | undefined)[]) {
  return countries.flatMap((country) => {
    const translation =
      country !== undefined && Object.hasOwn(translations, country) ? translations[country] : undefined;
    return country !== undefined && translation ? [{ country, translation }] : [];
  });
}

/**
 * The sender id in force: enforced, request, translation, application default.
 * @param countries the one asked for, then the recipient's
 */
export function chooseOriginator(
  settings: ApplicationSettings,
  asked: string | undefined,
  countries: readonly (string | undefined)[],
): { readonly originator: string; readonly originatorFrom: string } {
  const { originator, originatorEnforced } = settings;
  if (originatorEnforced) return { originator, originatorFrom: 'the application, which enforces it' };
  if (asked !== undefined) return { originator: asked, originatorFrom: 'the request' };
  for (const { country, translation } of translationsOf(settings, countries)) {
    const own = translation.originator;
    if (own !== undefined) return { originator: own, originatorFrom: fromTranslation(country) };
  }
  return { originator, originatorFrom: "the application's default" };
}

/** The DLT ids in force, each by itself: request, translation, application default. Undefined where there is none. */
export function chooseRestrictions(
  settings: ApplicationSettings,
  asked: Restrictions | undefined,
  countries: readonly (string | undefined)[],
): Restrictions | undefined {
  const own = translationsOf(settings, countries).map(({ translation }) => translation.restrictions);
  const sources = [asked, ...own, settings.restrictions];
  const of = (name: keyof Restrictions) => sources.map((each) => each?.[name]).find((id) => id !== undefined);
  const [contentTemplateId, principalEntityId] = [of('contentTemplateId'), of('principalEntityId')];
  if (contentTemplateId === undefined && principalEntityId === undefined) return undefined;
  return { ...(contentTemplateId && { contentTemplateId }), ...(principalEntityId && { principalEntityId }) };
}
