// What an operator says about an account at Vonage: which API its SMS go by, who signs what, how it calls.
import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { voiceSettings } from '../voice-settings.ts';

/** How the SMS API signs, as its dashboard names it: an MD5 of text and secret, or an HMAC. */
export const smsSignatures = ['md5hash', 'md5', 'sha1', 'sha256', 'sha512'] as const;
export type SmsSignature = (typeof smsSignatures)[number];

const LONGEST_SECRET = 200;
const LONGEST_KEY = 10_000;
const SECONDS = 'must be an integer from 1 to 12';

/** Credentials go with every request: in clear to this machine at most. */
const SAFE_URL = /^(https:\/\/[^/?#@\s]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)(\/[^?#\s]*)?$/;

const server = (url: string, what: string) =>
  z
    .string('must be a text')
    .refine(
      (given) => SAFE_URL.test(given) && URL.canParse(given),
      'must be an https URL without a query (http only to this machine)',
    )
    .transform((given) => given.replace(/\/+$/, ''))
    .prefault(url)
    .describe(what);

export const vonageSettings = z.strictObject({
  apiKey: z
    .string('must be a text')
    .regex(/^[\w-]{4,32}$/, 'must be the key of the account')
    .optional()
    .describe('The key of the account, for SMS; calls do without'),
  applicationId: z
    .guid('must be the UUID of an application')
    .optional()
    .describe('The application that calls, and that the Messages API sends for'),
  smsApi: z
    .enum(['sms', 'messages'], 'must be sms or messages')
    .default('sms')
    .describe('What SMS go by: the SMS API or the Messages API'),
  callerId: z
    .string('must be a text')
    .regex(/^\+[1-9]\d{6,14}$/, 'must be a number such as +12025550123')
    .optional()
    .describe('Whom calls come from where the originator is no phone number'),
  smsSignature: z
    .enum(smsSignatures, `must be one of ${smsSignatures.join(', ')}`)
    .optional()
    .describe('How delivery receipts of the SMS API are signed; unsigned ones are refused then'),
  machineDetection: z
    .boolean('must be true or false')
    .optional()
    .describe('Vonage listens whether a machine answers, and hangs up then; on where no key press is asked for'),
  conversions: z
    .boolean('must be true or false')
    .default(false)
    .describe('Tell Vonage which SMS and calls led to a right answer, where the account has the Conversion API'),
  responseTimeoutSeconds: z
    .int(SECONDS)
    .min(1, SECONDS)
    .max(12, SECONDS)
    .default(10)
    .describe('How long an answer is waited for'),
  restUrl: server('https://rest.nexmo.com', 'Where the SMS API is'),
  apiUrl: server('https://api.nexmo.com', 'Where the other APIs are; there is one for each region'),
  voice: voiceSettings.describe('What all carriers that call have in common'),
});

const secret = z
  .string('must be a text')
  .min(1, 'must not be empty')
  .max(LONGEST_SECRET, `must have at most ${LONGEST_SECRET} characters`);

export const vonageSecrets = z.strictObject({
  apiSecret: secret.optional().describe('Of the account'),
  privateKey: z
    .string('must be a text')
    .max(LONGEST_KEY, `must have at most ${LONGEST_KEY} characters`)
    .refine(isRsaKey, 'must be the private key of the application, in PEM, with real line breaks')
    .optional()
    .describe('Of the application, in PEM'),
  signatureSecret: secret
    .optional()
    .describe(
      'Of the account: what Vonage signs its reports with. Unsigned ones are refused then; of the SMS API where smsSignature is set',
    ),
});

export type VonageSettings = z.output<typeof vonageSettings>;
export type VonageSecrets = z.output<typeof vonageSecrets>;

/** Whether Vonage is to listen for machines: a key tells a person from one, and an ear errs at times. */
export function detectsMachines({ machineDetection, voice }: VonageSettings): boolean {
  return machineDetection ?? !voice.keyPress;
}

/** An application calls, and whoever asks for what a call says hears the code: in production only Vonage itself may. */
export function vonageMissing(
  { applicationId }: Partial<VonageSettings> = {},
  secrets: Readonly<{ signatureSecret?: unknown }>,
): Record<string, string> {
  if (applicationId === undefined || secrets.signatureSecret !== undefined) return {};
  return {
    'secrets.signatureSecret':
      'is needed in production with settings.applicationId: without it whoever learns the address of a call hears its code. ' +
      'It is the signature secret of the account, in the settings of its dashboard',
  };
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** Says why no carrier can be made of it; undefined where one can. */
export function vonageProblem(
  { apiKey, applicationId, smsSignature }: VonageSettings,
  { apiSecret, privateKey, signatureSecret }: VonageSecrets,
): string | undefined {
  if ((apiKey === undefined) !== (apiSecret === undefined)) {
    return 'settings.apiKey and secrets.apiSecret belong together: give both or none';
  }
  if ((applicationId === undefined) !== (privateKey === undefined)) {
    return 'settings.applicationId and secrets.privateKey belong together: give both or none';
  }
  if (apiKey === undefined && applicationId === undefined) {
    return 'it has no credentials: give settings.apiKey with secrets.apiSecret for SMS, settings.applicationId with secrets.privateKey for calls';
  }
  if (smsSignature !== undefined && signatureSecret === undefined) {
    return 'settings.smsSignature needs secrets.signatureSecret';
  }
  return undefined;
}
