// An application's settings, changed as a whole or not at all; verifications under way keep what they started with.
import { createHash } from 'node:crypto';
import type { CallbackAllowList } from '../domain/callback-url.ts';
import { liveSecrets } from '../domain/live-secret.ts';
import { type ApplicationSettings, defaultSettings } from '../domain/settings.ts';
import { changedSettings, difference, type SettingsChanges } from '../domain/settings-changes.ts';
import { checkTemplates, templateProblems } from '../domain/settings-check.ts';
import { secretIdOf } from '../secrets/credentials.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { sealText } from '../secrets/recipient.ts';
import { drawWebhookSecret } from '../secrets/webhook-signature.ts';
import type { ApplicationDocument } from '../store/documents.ts';
import type { NewSecret } from './application-secrets.ts';
import { changeOne } from './applications.ts';
import { keptCallbackUrlProblem } from './callback-url.ts';
import { actOf, invalid, type Operator, OperatorRefusal } from './operator.ts';

export interface SettingsTools {
  readonly ring: KeyRing;
  readonly allowedHosts: CallbackAllowList;
}

export interface ChangedSettings {
  readonly application: ApplicationDocument;
  /** The first callback URL brings the first signing secret with it, shown this once. */
  readonly signingSecret?: NewSecret;
}

/** The settings with what older documents lack. */
export function settingsOf({ settings }: Pick<ApplicationDocument, 'settings'>): ApplicationSettings {
  return { ...defaultSettings, ...settings };
}

/** Changes settings; of the callback URL null takes it away, undefined leaves it. @throws OperatorRefusal naming every bad field. */
export async function changeSettings(
  operator: Operator,
  { ring, allowedHosts }: SettingsTools,
  applicationId: string,
  { callbackUrl, ...changes }: SettingsChanges & { readonly callbackUrl?: string | null | undefined },
): Promise<ChangedSettings> {
  const urlProblem = typeof callbackUrl === 'string' && keptCallbackUrlProblem(callbackUrl, allowedHosts);
  if (urlProblem) throw invalid('callbackUrl', urlProblem);
  const secret = drawWebhookSecret();
  const sealed = sealText(ring, secret, applicationId);
  const application = await changeOne(operator, applicationId, (before) => {
    const { callback } = before;
    const standing = settingsOf(before);
    const settings = changedSettings(standing, changes);
    const problems = templateProblems(checkTemplates(settings));
    if (Object.keys(problems).length > 0) throw new OperatorRefusal('invalid', problems);
    const url = callbackUrl === undefined ? callback?.url : (callbackUrl ?? undefined);
    const changed = difference({ ...standing, callbackUrl: callback?.url }, { ...settings, callbackUrl: url });
    if (!changed) return undefined;
    const first = url !== undefined && liveSecrets(callback?.secrets ?? [], Date.now()).length === 0;
    return {
      set: {
        settings,
        // Field by field: pausing changes its own beside this.
        ...(url !== undefined && { 'callback.url': url }),
        ...(first && { 'callback.secrets': [{ ...sealed, createdAt: new Date() }] }),
        ...(url !== undefined && !callback && { 'callback.paused': false }),
      },
      unset: url === undefined && callback ? ['callback.url'] : [],
      act: actOf(operator, 'application.settings', {
        applicationId,
        before: tellable(changed.before),
        after: tellable(changed.after),
      }),
    };
  });
  const shown = application.callback?.secrets.some((kept) => kept.sealed === sealed.sealed) ?? false;
  return { application, ...(shown && { signingSecret: { secretId: secretIdOf(sealed.sealed), secret } }) };
}

/** Path and query of a URL may hold a secret of the receiver's: its host is told, and whether it is the same. */
function tellable<T extends { readonly callbackUrl?: string | undefined }>(settings: T): T {
  const { callbackUrl } = settings;
  if (!callbackUrl) return settings;
  const { origin } = new URL(callbackUrl);
  const print = createHash('sha256').update(callbackUrl).digest('hex').slice(0, 8);
  return { ...settings, callbackUrl: `${origin}/… (${print})` };
}
