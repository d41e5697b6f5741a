// The secrets that sign an application's callbacks, two live at most: every live one signs, so that receivers change over.
import { liveSecrets, withAdded, withRotated } from '../domain/live-secret.ts';
import { secretIdOf } from '../secrets/credentials.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { sealText } from '../secrets/recipient.ts';
import { drawWebhookSecret } from '../secrets/webhook-signature.ts';
import type { ApplicationDocument, SigningSecretDocument } from '../store/documents.ts';
import { type ListedSecret, type NewSecret, noRoom, noSecret } from './application-secrets.ts';
import { changeOne } from './applications.ts';
import { actOf, invalid, type Operator } from './operator.ts';

/** Those that sign, the newest first. All of them are used with every callback, so none has a last use of its own. */
export function listedSigningSecrets(application: ApplicationDocument): Omit<ListedSecret, 'lastUsedAt'>[] {
  return liveSecrets(application.callback?.secrets ?? [], Date.now()).map(({ sealed, createdAt, endsAt }) => ({
    secretId: secretIdOf(sealed),
    createdAt: createdAt ?? application.createdAt,
    endsAt,
  }));
}

/** Adds a secret that signs callbacks from now on, those under way too. */
export async function addSigningSecret(operator: Operator, ring: KeyRing, applicationId: string): Promise<NewSecret> {
  return await put(operator, ring, applicationId, 'application.addSigningSecret', {}, withAdded);
}

/** Adds one that the others make room for: they sign beside it until the grace is over. */
export async function rotateSigningSecret(
  operator: Operator,
  ring: KeyRing,
  applicationId: string,
  graceSeconds: number,
): Promise<NewSecret> {
  const rotated: typeof withAdded = (secrets, added, now) => withRotated(secrets, added, graceSeconds, now);
  return await put(operator, ring, applicationId, 'application.rotateSigningSecret', { graceSeconds }, rotated);
}

async function put(
  operator: Operator,
  ring: KeyRing,
  applicationId: string,
  action: string,
  details: Readonly<Record<string, unknown>>,
  place: typeof withAdded,
): Promise<NewSecret> {
  const secret = drawWebhookSecret();
  const sealed = sealText(ring, secret, applicationId);
  const secretId = secretIdOf(sealed.sealed);
  await changeOne(operator, applicationId, ({ callback }) => {
    const now = Date.now();
    const added: SigningSecretDocument = { ...sealed, createdAt: new Date(now) };
    return {
      set: {
        'callback.secrets': place<SigningSecretDocument>(callback?.secrets ?? [], added, now) ?? noRoom(),
        // Pausing changes its own field beside this.
        ...(!callback && { 'callback.paused': false }),
      },
      act: actOf(operator, action, { applicationId, secretId, ...details }),
    };
  });
  return { secretId, secret };
}

/** Removes a signing secret; the last one that does not end by itself stays while there is a callback URL. */
export async function removeSigningSecret(
  operator: Operator,
  applicationId: string,
  secretId: string,
): Promise<ApplicationDocument> {
  return await changeOne(operator, applicationId, ({ callback }) => {
    const live = liveSecrets(callback?.secrets ?? [], Date.now());
    const left = live.filter(({ sealed }) => secretIdOf(sealed) !== secretId);
    if (left.length === live.length) throw noSecret(secretId);
    if (left.every(({ endsAt }) => endsAt !== undefined) && callback?.url !== undefined) {
      throw invalid('secretId', 'is the last one and callbacks must be signed: add another first');
    }
    return {
      set: { 'callback.secrets': left },
      act: actOf(operator, 'application.removeSigningSecret', { applicationId, secretId }),
    };
  });
}
