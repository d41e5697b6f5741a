// What an operator says about an account at Twilio: everything the twilio carrier can be told, with its defaults and bounds.
import { z } from 'zod';
import { readLanguage } from '../../domain/language.ts';
import { voiceSettings } from '../voice-settings.ts';

const sid = (prefix: string, what: string) =>
  z
    .string('must be a text')
    .regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `must be ${prefix} and 32 hexadecimal digits`)
    .describe(what);

const place = (what: string) =>
  z
    .string('must be a text')
    .regex(/^[a-z0-9-]{1,40}$/, 'must be lower-case letters, digits and hyphens')
    .describe(what);

const secret = (what: string) =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be a text') })
    .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters')
    .describe(what);

/** Credentials go with every request, so they never travel in clear to another machine. */
function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username, password } = new URL(text);
  // Shown, as all settings are.
  if (username !== '' || password !== '') return false;
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && here)) && search === '' && hash === '';
}

const messagingServiceSid = sid('MG', 'The Messaging Service that messages go by');
const sender = z
  .enum(['pool', 'originator'], 'must be pool or originator')
  .describe(
    'With a Messaging Service: its pool chooses the sender, or it is the originator, which has to be in the pool',
  );

const voice = z.strictObject({
  language: z.string('must be a text').regex(/^[a-zA-Z]{2,3}(-[a-zA-Z]{2,4})*$/, 'must be a tag such as el-GR'),
  voice: z.string('must be a text').regex(/^[\p{L}\p{N}.-]{1,80}$/u, 'must be the name of a voice'),
});

export const twilioSettings = z
  .strictObject({
    accountSid: sid('AC', 'The account, or the subaccount'),
    region: place('Where it is processed, such as `ie1`, by credentials of that region').optional(),
    edge: place('Where Twilio is entered, such as `dublin`').optional(),
    baseUrl: z
      .string('must be a text')
      .refine(isSafeUrl, 'must be an https URL without a query, a user and a password (http only to this machine)')
      .optional()
      .describe('In place of https://api.twilio.com'),
    messagingServiceSid: messagingServiceSid.optional(),
    sender: sender.default('pool'),
    callerId: z
      .string('must be a text')
      .regex(/^\+[1-9]\d{6,14}$/, 'must be a number such as +12025550123')
      .optional()
      .describe('Whom calls come from where the originator is no phone number'),
    messageFeedback: z
      .boolean('must be true or false')
      .default(true)
      .describe('Tell Twilio which codes were typed (Message Feedback)'),
    smartEncoded: z
      .boolean('must be true or false')
      .default(false)
      .describe('Let Twilio replace characters so that a text takes fewer parts'),
    contentRetention: z.enum(['retain', 'discard'], 'must be retain or discard').optional(),
    addressRetention: z.enum(['retain', 'obfuscate'], 'must be retain or obfuscate').optional(),
    riskCheck: z
      .enum(['enable', 'disable'], 'must be enable or disable')
      .optional()
      .describe('Its protection against SMS pumping, for every message'),
    voice: voiceSettings,
    machineDetection: z
      .boolean('must be true or false')
      .optional()
      .describe('Have Twilio find out whether a mailbox answers, at its price; on where no key press is asked for'),
    voices: z
      .record(
        z.string().refine((tag) => readLanguage(tag) !== undefined, 'must be a language tag such as el or pt-BR'),
        voice,
      )
      .default({})
      .describe('Who speaks a language, in place of our choice'),
    responseTimeoutSeconds: z
      .int('must be an integer from 1 to 12')
      .min(1, 'must be an integer from 1 to 12')
      .max(12, 'must be an integer from 1 to 12')
      .default(10)
      .describe('How long an answer of the API is waited for'),
  })
  .refine(({ baseUrl, region, edge }) => baseUrl === undefined || (region ?? edge) === undefined, {
    path: ['baseUrl'],
    message: 'says where Twilio is: leave it out, or region and edge',
  })
  .refine(({ region, edge }) => (region === undefined) === (edge === undefined), {
    path: ['region'],
    message: 'and edge are given together',
  });

export const twilioSecrets = z
  .strictObject({
    authToken: secret('Of the account; Twilio signs its requests with it'),
    nextAuthToken: secret(
      'The secondary token, while tokens are being changed: signatures by it are taken, too',
    ).optional(),
    apiKeySid: sid('SK', 'An API key to ask with in place of the token').optional(),
    apiKeySecret: secret('Of the API key').optional(),
  })
  .refine(({ apiKeySid, apiKeySecret }) => (apiKeySid === undefined) === (apiKeySecret === undefined), {
    path: ['apiKeySid'],
    message: 'and apiKeySecret are given together',
  });

/** What a step of a route may say in place of the settings. */
export const twilioOptions = z.strictObject({
  messagingServiceSid: messagingServiceSid.optional(),
  sender: sender.optional(),
});

export type TwilioSettings = z.output<typeof twilioSettings>;
export type TwilioSecrets = z.output<typeof twilioSecrets>;

/** A mailbox presses no key; where none is asked for, Twilio has to find out. */
export function detectsMachines({ machineDetection, voice }: TwilioSettings): boolean {
  return machineDetection ?? !voice.keyPress;
}
