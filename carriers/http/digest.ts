// Keyed digests in headers: made for requests that a gateway wants signed, checked on receipts that it signs.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ReceiptSettings } from './receipt-settings.ts';
import type { DigestSettings } from './request-settings.ts';
import type { HttpSecrets } from './settings.ts';

/** @throws Error where the secret is missing */
export function digestOf(
  content: string | Uint8Array,
  { algorithm, encoding, secret, prefix }: DigestSettings,
  secrets: HttpSecrets,
): string {
  return prefix + createHmac(algorithm, secretNamed(secret, secrets)).update(content).digest(encoding);
}

/** Whether headers show that a body is the gateway's; always, where no signature was agreed on. */
export function isGenuine(
  signature: ReceiptSettings['signature'],
  headers: Readonly<Record<string, string | string[] | undefined>>,
  rawBytes: Uint8Array,
  secrets: HttpSecrets,
): boolean {
  const { hmac, token } = signature ?? {};
  if (hmac) {
    const expected = digestOf(rawBytes, hmac, secrets);
    const given = headerNamed(hmac.header, headers);
    return isSame(
      hmac.encoding === 'hex' ? given.toLowerCase() : given,
      hmac.encoding === 'hex' ? expected.toLowerCase() : expected,
    );
  }
  return token ? isSame(headerNamed(token.header, headers), secretNamed(token.secret, secrets)) : true;
}

/** In a time that tells nothing of where they differ. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [given, expected].map((text) => createHmac('sha256', 'compared').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function headerNamed(name: string, headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' ? value : '';
}

function secretNamed(name: string, secrets: HttpSecrets): string {
  const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  if (secret === undefined) throw new Error(`the secret ${name} is missing: put the carrier's secrets anew`);
  return secret;
}
