// The values of a message that templates have places for, by name.
import { encodingOf } from '../../domain/parts.ts';
import type { OutgoingMessage, SendInDoubt } from '../carrier.ts';
import type { CarrierUrls } from '../carrier-request.ts';
import type { HttpSecrets, HttpSettings } from './settings.ts';
import type { Values } from './template.ts';

const SECOND_MS = 1_000;

/** Everything about a message that is to be sent, but for secrets and options. */
export function messageValues(
  message: OutgoingMessage,
  idempotencyKey: string,
  settings: Pick<HttpSettings, 'encodings' | 'languages'>,
  urls: CarrierUrls | undefined,
  now: number,
) {
  const { recipient, originator, method, text, parts, validForSeconds, speech, restrictions } = message;
  const validUntil = new Date(now + validForSeconds * SECOND_MS);
  return {
    ...questionValues({ idempotencyKey, recipient }, now),
    trackingId: message.trackingId,
    originator,
    method,
    text,
    encoding: encodingOf(text) === 'UCS-2' ? settings.encodings.ucs2 : settings.encodings.gsm7,
    parts: String(parts),
    speech: speech?.text,
    language: speech && ownName(settings.languages, speech.language),
    validForSeconds: String(validForSeconds),
    // A unit of the gateway's own may be longer than what is left: one of it is the least there is.
    validForMinutes: atLeastOne(validForSeconds / 60),
    validForHours: atLeastOne(validForSeconds / 3600),
    validForMilliseconds: String(validForSeconds * SECOND_MS),
    validUntil: validUntil.toISOString(),
    validUntilText: validUntil.toISOString().slice(0, 19).replace('T', ' '),
    validUntilTimestamp: String(Math.floor(validUntil.getTime() / SECOND_MS)),
    receiptUrl: urls?.receipts(idempotencyKey),
    contentTemplateId: restrictions?.contentTemplateId,
    principalEntityId: restrictions?.principalEntityId,
  } satisfies Values;
}

/** What is known of a send whose outcome is asked for. */
export function questionValues({ idempotencyKey, recipient }: Omit<SendInDoubt, 'parts'>, now: number) {
  return {
    ...conversionValues(undefined, now),
    reference: idempotencyKey,
    recipient,
    recipientDigits: recipient.replace(/\D/g, ''),
  } satisfies Values;
}

/** What is known of a message whose code was typed. */
export function conversionValues(messageId: string | undefined, now: number) {
  return {
    messageId,
    timestamp: String(Math.floor(now / SECOND_MS)),
    now: new Date(now).toISOString(),
  } satisfies Values;
}

/** Values under a common beginning: `secret.apiKey`, `option.campaign`. */
export function prefixed(prefix: 'secret' | 'option', values: HttpSecrets | undefined = {}): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
}

/** The gateway's name for a language tag, or for its language alone, or the tag. */
function ownName(languages: HttpSettings['languages'], tag: string): string {
  const named = (wanted: string) => (Object.hasOwn(languages, wanted) ? languages[wanted] : undefined);
  return named(tag) ?? named(tag.split('-')[0] ?? '') ?? tag;
}

const atLeastOne = (units: number) => String(Math.max(1, Math.floor(units)));

type NameOf<F extends (...given: never[]) => Values> = keyof ReturnType<F>;

const inConversions = ['messageId', 'timestamp', 'now'] as const satisfies readonly NameOf<typeof conversionValues>[];
const inQuestions = [
  'timestamp',
  'now',
  'reference',
  'recipient',
  'recipientDigits',
] as const satisfies readonly NameOf<typeof questionValues>[];
const inMessages = [
  ...inQuestions,
  'trackingId',
  'originator',
  'method',
  'text',
  'encoding',
  'parts',
  'speech',
  'language',
  'validForSeconds',
  'validForMinutes',
  'validForHours',
  'validForMilliseconds',
  'validUntil',
  'validUntilText',
  'validUntilTimestamp',
  'receiptUrl',
  'contentTemplateId',
  'principalEntityId',
] as const satisfies readonly NameOf<typeof messageValues>[];

/** Which names have a value where; `secret.` has one everywhere, `option.` in messages. */
export const valueNames = { message: inMessages, question: inQuestions, conversion: inConversions } as const;
