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
): { readonly template: string; readonly templateFrom: string } {
  if (asked.template !== undefined) return { template: asked.template, templateFrom: 'the request' };
  for (const country of [asked.country, recipientCountry]) {
    if (country === undefined || !Object.hasOwn(settings.translations, country)) continue;
    const template = settings.translations[country] ?? settings.defaultTemplate;
    return { template, templateFrom: `the application's translation for ${country}` };
  }
  return { template: settings.defaultTemplate, templateFrom: "the application's default" };
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
