// Whether an application's settings go together: every template of theirs is checked with the digits and parts they allow.
import type { Method } from './method.ts';
import type { ApplicationSettings } from './settings.ts';
import { checkTemplate, type TemplateCheck } from './template-check.ts';

export interface CheckedTemplate extends TemplateCheck {
  /** The field it stands in, such as `translations.GR.sms`. */
  readonly field: string;
  readonly method: Method;
  /** The country it is for; without one it is for all that have no translation. */
  readonly country?: string;
}

/** A check of every template there is. The default one serves both methods; as an SMS it has more to obey. */
export function checkTemplates(settings: ApplicationSettings): CheckedTemplate[] {
  const { digits, maxParts, webOtpDomain, defaultTemplate, translations } = settings;
  const check = (method: Method, template: string) =>
    checkTemplate({ template, method, digits, maxParts, webOtpDomain });
  const found: CheckedTemplate[] = [{ field: 'defaultTemplate', method: 'sms', ...check('sms', defaultTemplate) }];
  for (const [country, { sms, voice }] of Object.entries(translations)) {
    const field = `translations.${country}`;
    if (sms !== undefined) found.push({ field: `${field}.sms`, method: 'sms', country, ...check('sms', sms) });
    if (voice) found.push({ field: `${field}.voice.text`, method: 'voice', country, ...check('voice', voice.text) });
  }
  return found;
}

/** The fields that cannot stay so, each with its sentence. */
export function templateProblems(checked: readonly CheckedTemplate[]): Record<string, string> {
  return Object.fromEntries(
    checked.filter(({ problems }) => problems.length > 0).map(({ field, problems }) => [field, problems.join('; ')]),
  );
}
