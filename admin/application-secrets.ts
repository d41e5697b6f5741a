// The secrets of an application, two live at most of either kind: what it logs in with, and what signs its callbacks.
import { drawApplicationSecret, hashSecret, secretIdOf } from '../secrets/credentials.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { sealText } from '../secrets/recipient.ts';
import { drawWebhookSecret } from '../secrets/webhook-signature.ts';
import type { ApplicationDocument } from '../store/documents.ts';
import { changeOne } from './applications.ts';
import { actOf, invalid, type Operator, unknown } from './operator.ts';

const MAX_LIVE = 2;

/** A secret that was just made: its text is nowhere else. */
export interface NewSecret {
  readonly secretId: string;
  readonly secret: string;
}

export const secretIds = ({ secrets }: Pick<ApplicationDocument, 'secrets'>) =>
  secrets.map(({ hash }) => secretIdOf(hash));

export const signingSecretIds = ({ callback }: Pick<ApplicationDocument, 'callback'>) =>
  (callback?.secrets ?? []).map(({ sealed }) => secretIdOf(sealed));

/** Adds a secret to log in with beside the one there is. All access tokens end, as CONTRACT says of a new secret. */
export async function addSecret(operator: Operator, ring: KeyRing, applicationId: string): Promise<NewSecret> {
  const secret = drawApplicationSecret();
  const hash = hashSecret(ring, applicationId, secret);
  const secretId = secretIdOf(hash.hash);
  await changeOne(operator, applicationId, ({ secrets, epoch }) => {
    assertRoom(secrets);
    const act = actOf(operator, 'application.addSecret', { applicationId, secretId });
    return { set: { secrets: [hash, ...secrets], epoch: epoch + 1 }, act };
  });
  return { secretId, secret };
}

/** Removes a secret to log in with, the last one too. All access tokens end, since none says which secret it came by. */
export async function removeSecret(
  operator: Operator,
  applicationId: string,
  secretId: string,
): Promise<ApplicationDocument> {
  return await changeOne(operator, applicationId, ({ secrets, epoch }) => {
    const left = secrets.filter(({ hash }) => secretIdOf(hash) !== secretId);
    if (left.length === secrets.length) throw noSecret(secretId);
    const act = actOf(operator, 'application.removeSecret', { applicationId, secretId });
    return { set: { secrets: left, epoch: epoch + 1 }, act };
  });
}

/** Adds a secret that signs callbacks from now on, those under way too. */
export async function addSigningSecret(operator: Operator, ring: KeyRing, applicationId: string): Promise<NewSecret> {
  const secret = drawWebhookSecret();
  const sealed = sealText(ring, secret, applicationId);
  const secretId = secretIdOf(sealed.sealed);
  await changeOne(operator, applicationId, ({ callback }) => {
    assertRoom(callback?.secrets ?? []);
    return {
      set: {
        'callback.secrets': [sealed, ...(callback?.secrets ?? [])],
        // Pausing changes its own field beside this.
        ...(!callback && { 'callback.paused': false }),
      },
      act: actOf(operator, 'application.addSigningSecret', { applicationId, secretId }),
    };
  });
  return { secretId, secret };
}

/** Removes a signing secret; the last one stays while there is a callback URL. */
export async function removeSigningSecret(
  operator: Operator,
  applicationId: string,
  secretId: string,
): Promise<ApplicationDocument> {
  return await changeOne(operator, applicationId, ({ callback }) => {
    const secrets = callback?.secrets ?? [];
    const left = secrets.filter(({ sealed }) => secretIdOf(sealed) !== secretId);
    if (left.length === secrets.length) throw noSecret(secretId);
    if (left.length === 0 && callback?.url !== undefined) {
      throw invalid('secretId', 'is the last one and callbacks must be signed: add another first');
    }
    return {
      set: { 'callback.secrets': left },
      act: actOf(operator, 'application.removeSigningSecret', { applicationId, secretId }),
    };
  });
}

function assertRoom(live: readonly unknown[]): void {
  if (live.length >= MAX_LIVE) throw invalid('secrets', `are ${MAX_LIVE} already: remove one first`);
}

const noSecret = (id: string) => unknown('secretId', 'secret', id);
