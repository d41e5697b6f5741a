// Secrets of which two are live at most: the newest first, an older one for a time of grace once it was replaced.

/** What every kept secret says of its own life. */
export interface SecretLife {
  /** Absent where it came with what it belongs to. */
  readonly createdAt?: Date;
  /** From then on it counts no more; absent while nothing has replaced it. */
  readonly endsAt?: Date;
}

export const MAX_LIVE_SECRETS = 2;

/** Whether a secret counts. */
export function isLive({ endsAt }: SecretLife, now: number): boolean {
  return endsAt === undefined || endsAt.getTime() > now;
}

/** Those that count, in their order. */
export function liveSecrets<S extends SecretLife>(secrets: readonly S[], now: number): S[] {
  return secrets.filter((secret) => isLive(secret, now));
}

/** The new secret before those there are; undefined where there is no room for it. */
export function withAdded<S extends SecretLife>(secrets: readonly S[], added: S, now: number): S[] | undefined {
  const live = liveSecrets(secrets, now);
  return live.length < MAX_LIVE_SECRETS ? [added, ...live] : undefined;
}

/** The new secret in the place of all others, which end after the grace or at their own, earlier end; undefined where there is no room. */
export function withRotated<S extends SecretLife>(
  secrets: readonly S[],
  added: S,
  graceSeconds: number,
  now: number,
): S[] | undefined {
  const end = now + graceSeconds * 1000;
  const old = liveSecrets(secrets, now).map((secret) => ({
    ...secret,
    endsAt: new Date(Math.min(end, secret.endsAt?.getTime() ?? end)),
  }));
  return withAdded(old, added, now);
}
