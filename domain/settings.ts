// An application's settings, what they start as, and how a request's choices and they become one verification's.
import type { Method } from './phone.ts';

/** What is sent to numbers of one country; a method left out takes the default template. */
export interface Translation {
  readonly sms?: string;
  /** `language` is a BCP 47 tag such as `el-GR`. */
  readonly voice?: { readonly text: string; readonly language: string };
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
  { translations }: ApplicationSettings,
  method: Method,
  countries: readonly (string | undefined)[],
): ChosenTemplate | undefined {
  for (const country of countries) {
    const found = country !== undefined && Object.hasOwn(translations, country) ? translations[country] : undefined;
    const templateFrom = `the application's translation for ${country}`;
    if (method === 'sms' && found?.sms !== undefined) return { template: found.sms, templateFrom };
    if (method === 'voice' && found?.voice) {
      return { template: found.voice.text, language: found.voice.language, templateFrom };
    }
  }
  return undefined;
}

/** The sender id in force: enforced, request, application default. */
export function chooseOriginator(
  settings: ApplicationSettings,
  asked: string | undefined,
): { readonly originator: string; readonly originatorFrom: string } {
  const { originator, originatorEnforced } = settings;
  if (originatorEnforced) return { originator, originatorFrom: 'the application, which enforces it' };
  if (asked !== undefined) return { originator: asked, originatorFrom: 'the request' };
  return { originator, originatorFrom: "the application's default" };
}
