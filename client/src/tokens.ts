// Gets an access token, keeps it while it is good, and gets another in time.
import { TwostepError } from './errors.ts';
import type { components } from './schema.ts';
import type { Send } from './send.ts';

export interface Credentials {
  readonly applicationId: string;
  readonly applicationSecret: string;
}

export interface TokenSource {
  /** A token that is good for now; one request gets it for everybody who waits. */
  token(): Promise<string>;
  /** Says that this token was refused. */
  refused(token: string): void;
}

/** A token is given up this long before its end, in milliseconds, or at nine tenths of a short life. */
const MARGIN_MS = 30_000;

interface Held {
  readonly asked: Promise<string>;
  /** Once it is there. */
  token?: string;
  goodUntil: number;
}

export function tokenSource(
  baseUrl: string,
  { applicationId, applicationSecret }: Credentials,
  send: Send,
): TokenSource {
  let held: Held | undefined;
  const ask = async (): Promise<components['schemas']['Token']> => {
    const request = new Request(`${baseUrl}/oauth/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${applicationId}:${applicationSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    // One token more does no harm.
    const response = await send(request, true);
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw new TwostepError(response, body);
    return body as components['schemas']['Token'];
  };
  const renew = (): Held => {
    const asked = ask().then(({ access_token, expires_in }) => {
      const lifetimeMs = expires_in * 1000;
      fresh.token = access_token;
      fresh.goodUntil = Date.now() + lifetimeMs - Math.min(MARGIN_MS, lifetimeMs / 10);
      return access_token;
    });
    const fresh: Held = { asked, goodUntil: Number.POSITIVE_INFINITY };
    // Whoever comes next asks again; those who waited learn of the trouble.
    asked.catch(() => {
      if (held === fresh) held = undefined;
    });
    return fresh;
  };
  return {
    async token() {
      if (!held || Date.now() >= held.goodUntil) held = renew();
      return await held.asked;
    },
    refused(token) {
      if (held?.token === token) held = undefined;
    },
  };
}
