// An account at the Vonage of the tests: what its operator copies from the dashboard.
import { generateKeyPairSync } from 'node:crypto';
import { type VonageSettings, vonageSettings } from '../../carriers/vonage-settings.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

export const account = {
  apiKey: 'abcd1234',
  apiSecret: 'apisecret-of-tests',
  applicationId: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',
  privateKey,
  publicKey,
  signatureSecret: 'signature-secret-of-tests-of-some-length',
} as const;

/** All secrets of a carrier of that account. */
export const accountSecrets = {
  apiSecret: account.apiSecret,
  privateKey: account.privateKey,
  signatureSecret: account.signatureSecret,
};

/** Settings as an operator would give them, with the mock in the vendor's place. */
export function givenSettings(url: string, changes: object = {}): object {
  const { apiKey, applicationId } = account;
  return { apiKey, applicationId, restUrl: url, apiUrl: url, ...changes };
}

/** The same, read. */
export function accountSettings(url: string, changes: object = {}): VonageSettings {
  return vonageSettings.parse(givenSettings(url, changes));
}
