// What the api would start a verification with, for tests that start the workflow themselves.
import { randomUUID } from 'node:crypto';
import { maskNumber } from '../../domain/phone.ts';
import { defaultSettings } from '../../domain/settings.ts';
import { rightAnswerHash } from '../../secrets/answer-digest.ts';
import { deriveCode, drawSeed } from '../../secrets/code.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import type { VerificationInput } from '../../workflows/messages.ts';

/** An SMS to an American test number on the account, received at `receivedAt`, with the code its message will hold. */
export function verificationInput(
  ring: KeyRing,
  accountId: string,
  receivedAt: number,
  fields: Partial<VerificationInput> & { lifetimeInSeconds?: number } = {},
): { input: VerificationInput; code: string } {
  const { lifetimeInSeconds = 300, ...rest } = fields;
  const [trackingId, seed, digits] = [randomUUID(), drawSeed(), 6];
  const recipient = fields.recipient ?? '+12025550110';
  const key = ring.maker;
  const code = deriveCode(key, { seed, trackingId, generation: 1, digits });
  const input: VerificationInput = {
    trackingId,
    accountId,
    applicationId: 'a'.repeat(24),
    receivedAt,
    expiresAt: receivedAt + lifetimeInSeconds * 1000,
    recipient,
    recipientMasked: maskNumber(recipient),
    country: 'US',
    method: 'sms',
    template: defaultSettings.defaultTemplate,
    arguments: {},
    templateFrom: "the application's default",
    originator: defaultSettings.originator,
    originatorFrom: "the application's default",
    maxParts: defaultSettings.maxParts,
    maxRetries: defaultSettings.maxRetries,
    digits,
    keyId: key.id,
    seed,
    rightAnswerHash: rightAnswerHash(key, trackingId, code),
    unitPrices: { sms: 9_000 },
    currency: 'EUR',
    routes: { sms: [{ carrier: 'sandbox', method: 'sms' }] },
    ...rest,
  };
  return { input, code };
}
