// An application's settings, what they start as, and how a request's choices and they become one verification's.

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
  /** Template by ISO 3166-1 alpha-2 country, in capitals. */
  readonly translations: Readonly<Record<string, string>>;
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
  translations: {},
};

/** The template in force: the request's; else the translation for `country`; else the recipient country's; else the default. */
export function chooseTemplate(
  settings: ApplicationSettings,
  asked: { template?: string | undefined; country?: string | undefined },
  recipientCountry: string,
): string {
  if (asked.template !== undefined) return asked.template;
  for (const country of [asked.country, recipientCountry]) {
    if (country !== undefined && Object.hasOwn(settings.translations, country)) {
      return settings.translations[country] ?? settings.defaultTemplate;
    }
  }
  return settings.defaultTemplate;
}

/** The sender id in force: enforced, request, application default. */
export function chooseOriginator(settings: ApplicationSettings, asked: string | undefined): string {
  return settings.originatorEnforced ? settings.originator : (asked ?? settings.originator);
}
