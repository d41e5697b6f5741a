// The secrets an application logs in with, two live at most: listed with their dates, added, rotated, removed.
import { liveSecrets, MAX_LIVE_SECRETS, withAdded, withRotated } from '../domain/live-secret.ts';
import { drawApplicationSecret, hashSecret, secretIdOf } from '../secrets/credentials.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import type { ApplicationDocument, SecretDocument } from '../store/documents.ts';
import { changeOne } from './applications.ts';
import { actOf, invalid, type Operator, type OperatorRefusal, unknown } from './operator.ts';

/** A secret that was just made: its text is nowhere else. */
export interface NewSecret {
  readonly secretId: string;
  readonly secret: string;
}

/** A secret as it is listed, by its name. */
export interface ListedSecret {
  readonly secretId: string;
  readonly createdAt: Date;
  /** It, or a token made with it; null where it never was. */
  readonly lastUsedAt: Date | null;
  readonly endsAt?: Date | undefined;
}

/** Those that are live, the newest first. */
export function listedSecrets(application: ApplicationDocument): ListedSecret[] {
  const { secrets, secretUses = {}, createdAt } = application;
  return liveSecrets(secrets, Date.now()).map((secret) => {
    const secretId = secretIdOf(secret.hash);
    const lastUsedAt = secretUses[secretId] ?? null;
    return { secretId, createdAt: secret.createdAt ?? createdAt, lastUsedAt, endsAt: secret.endsAt };
  });
}

/** Adds a secret beside the one there is. No access token ends. */
export async function addSecret(operator: Operator, ring: KeyRing, applicationId: string): Promise<NewSecret> {
  return await putSecret(operator, ring, applicationId, 'application.addSecret', {}, withAdded);
}

/** Puts a new secret in the place of those there are; they and the access tokens made with them end after the grace. */
export async function rotateSecret(
  operator: Operator,
  ring: KeyRing,
  applicationId: string,
  graceSeconds: number,
): Promise<NewSecret> {
  return await putSecret(
    operator,
    ring,
    applicationId,
    'application.rotateSecret',
    { graceSeconds },
    (secrets, added, now) => withRotated(secrets, added, graceSeconds, now),
  );
}

async function putSecret(
  operator: Operator,
  ring: KeyRing,
  applicationId: string,
  action: string,
  details: Readonly<Record<string, unknown>>,
  put: typeof withAdded,
): Promise<NewSecret> {
  const secret = drawApplicationSecret();
  const hash = hashSecret(ring, applicationId, secret);
  const secretId = secretIdOf(hash.hash);
  await changeOne(operator, applicationId, (application) => {
    const now = Date.now();
    const added: SecretDocument = { ...hash, createdAt: new Date(now) };
    const secrets = put<SecretDocument>(application.secrets, added, now) ?? noRoom();
    const act = actOf(operator, action, { applicationId, secretId, ...details });
    return { set: { secrets }, unset: usesWithout(application, secrets), act };
  });
  return { secretId, secret };
}

/** Removes a secret, the last one too. The access tokens made with it end, and no others. */
export async function removeSecret(
  operator: Operator,
  applicationId: string,
  secretId: string,
): Promise<ApplicationDocument> {
  return await changeOne(operator, applicationId, (application) => {
    const live = liveSecrets(application.secrets, Date.now());
    const left = live.filter(({ hash }) => secretIdOf(hash) !== secretId);
    if (left.length === live.length) throw noSecret(secretId);
    const act = actOf(operator, 'application.removeSecret', { applicationId, secretId });
    return { set: { secrets: left }, unset: usesWithout(application, left), act };
  });
}

/** Where the last uses stand of secrets that are no more: each rotation would leave one behind. */
function usesWithout({ secretUses = {} }: ApplicationDocument, secrets: readonly SecretDocument[]): string[] {
  const left = new Set(secrets.map(({ hash }) => secretIdOf(hash)));
  return Object.keys(secretUses)
    .filter((id) => !left.has(id))
    .map((id) => `secretUses.${id}`);
}

/** @throws OperatorRefusal that says how to make room. */
export function noRoom(): never {
  throw invalid(
    'secrets',
    `are ${MAX_LIVE_SECRETS} already: remove one first, wait for the end of one, or rotate with graceSeconds 0`,
  );
}

export const noSecret = (id: string): OperatorRefusal => unknown('secretId', 'secret', id);
