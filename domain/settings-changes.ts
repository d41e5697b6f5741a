// One set of an application's settings turned into the next by what an operator asked to change.
import type { Restrictions } from './message.ts';
import type { ApplicationSettings, Translation } from './settings.ts';

type Plain = Omit<ApplicationSettings, 'translations' | 'webOtpDomain' | 'restrictions'>;

/** What is left out stays; null removes. */
export type SettingsChanges = { readonly [K in keyof Plain]?: Plain[K] | undefined } & {
  readonly webOtpDomain?: string | null | undefined;
  readonly restrictions?: RestrictionsChanges | null | undefined;
  readonly translations?: Readonly<Record<string, TranslationChanges | null>> | undefined;
};

export type RestrictionsChanges = { readonly [K in keyof Restrictions]?: string | null | undefined };

export interface TranslationChanges {
  readonly originator?: string | null | undefined;
  readonly restrictions?: RestrictionsChanges | null | undefined;
  readonly sms?: string | null | undefined;
  readonly voice?: NonNullable<Translation['voice']> | null | undefined;
}

/** The settings after the changes; translations are merged country by country, member by member. */
export function changedSettings(
  { webOtpDomain: domain, restrictions: ids, translations, ...settings }: ApplicationSettings,
  { webOtpDomain = domain ?? null, restrictions: askedIds, translations: asked = {}, ...changes }: SettingsChanges,
): ApplicationSettings {
  const restrictions = mergedRestrictions(ids, askedIds);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const next = new Map(Object.entries(translations));
  for (const [country, change] of Object.entries(asked)) {
    const merged = change === null ? {} : mergedTranslation(next.get(country) ?? {}, change);
    if (Object.keys(merged).length === 0) next.delete(country);
    else next.set(country, merged);
  }
  return {
    ...settings,
    ...given,
    ...(webOtpDomain !== null && { webOtpDomain }),
    ...(restrictions && { restrictions }),
    translations: Object.fromEntries(next),
  };
}

function mergedTranslation(before: Translation, change: TranslationChanges): Translation {
  const sms = change.sms === undefined ? before.sms : change.sms;
  const voice = change.voice === undefined ? before.voice : change.voice;
  const originator = change.originator === undefined ? before.originator : change.originator;
  const restrictions = mergedRestrictions(before.restrictions, change.restrictions);
  return {
    ...(sms && { sms }),
    ...(voice && { voice }),
    ...(originator && { originator }),
    ...(restrictions && { restrictions }),
  };
}

/** Undefined where no id is left. */
function mergedRestrictions(
  before: Restrictions = {},
  change: RestrictionsChanges | null = {},
): Restrictions | undefined {
  const { contentTemplateId = before.contentTemplateId, principalEntityId = before.principalEntityId } = change ?? {
    contentTemplateId: null,
    principalEntityId: null,
  };
  if (!contentTemplateId && !principalEntityId) return undefined;
  return { ...(contentTemplateId && { contentTemplateId }), ...(principalEntityId && { principalEntityId }) };
}

/** What differs between two of a kind, field by field, for the audit trail; undefined where nothing does. */
export function difference<T extends object>(
  before: T,
  after: T,
): { readonly before: Partial<T>; readonly after: Partial<T> } | undefined {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof T)[];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const of = (one: T) => Object.fromEntries(changed.map((name) => [name, one[name] ?? null])) as Partial<T>;
  return changed.length === 0 ? undefined : { before: of(before), after: of(after) };
}
