// Which phone numbers are served, by method (CONTRACT "recipient"), and how a number is shown when it must be hidden.
import { type CountryCode, type NumberType, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Method } from './method.ts';
import { type NumberRange, numberTypes } from './number-range.ts';
import { withoutSeparators } from './typed.ts';

export interface Recipient {
  /** E.164, with the plus. */
  readonly number: string;
  /** A place of the price list; `ZZ`, which has no price, for numbers of no country that nobody vouches for. */
  readonly country: string;
  /** As the library has it; undefined where nobody knows. */
  readonly type: NumberType;
}

const refusedBySms = new Set<NumberType>([
  'FIXED_LINE',
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'UAN',
  'VOICEMAIL',
  'PAGER',
]);

/** What a recipient is read by, beside the method. */
export interface Reading {
  /** Whether a landline is served by SMS, too, since it will be called instead. */
  readonly landlineByVoice?: boolean;
  /** The range an operator vouches for that the number lies in, if any. */
  readonly range?: NumberRange | undefined;
}

/**
 * Reads a recipient: `+` and 7-15 digits once spaces, dashes, dots, brackets and what is invisible are dropped, valid, or
 * possible and vouched for, and of a kind that the method reaches.
 * @returns the recipient, or a sentence that says what is wrong with it.
 */
export function readRecipient(text: string, method: Method, reading: Reading = {}): Recipient | string {
  const compact = compactNumber(text);
  if (compact === undefined) return FORM;
  const recipient = recipientOf(parsePhoneNumberFromString(compact), reading.range);
  if (!recipient) return 'is not a valid phone number';
  const problem = methodProblem(recipient, method);
  return problem === undefined || (reading.landlineByVoice && isLandline(recipient)) ? recipient : problem;
}

/** Why the method does not reach such a number; undefined where it does. */
export function methodProblem({ type }: Recipient, method: Method): string | undefined {
  if (method === 'voice') return type === 'PREMIUM_RATE' ? 'is a premium rate number, which is not called' : undefined;
  return refusedBySms.has(type) ? 'cannot receive SMS: give a mobile number or use voice' : undefined;
}

/** What the numbering plan knows stands; an operator's word is for what it does not know: the number itself, or its country. */
function recipientOf(phone: PhoneNumber | undefined, range: NumberRange | undefined): Recipient | undefined {
  if (phone?.isValid() && (phone.country || !range)) {
    return { number: phone.number, country: phone.country ?? 'ZZ', type: phone.getType() };
  }
  if (!range || !phone?.isPossible()) return undefined;
  return { number: phone.number, country: range.country, type: numberTypes[range.type] };
}

/** A number that nobody but an operator can speak for: possible, and not known to the plan or of no country. In E.164. */
export function unknownNumber(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(compactNumber(text) ?? '');
  return phone?.isPossible() && !(phone.isValid() && phone.country) ? phone.number : undefined;
}

/** Whether a number is surely a landline: a call reaches it, SMS does not. */
export function isLandline({ type }: Pick<Recipient, 'type'>): boolean {
  return type === 'FIXED_LINE';
}

/** The number in E.164, whether it is served or not: one that was served once may be withdrawn since. */
export function readAnyNumber(text: string): { readonly number: string } | string {
  const compact = compactNumber(text);
  if (compact === undefined) return FORM;
  return { number: parsePhoneNumberFromString(compact)?.number ?? compact };
}

const FORM = 'must be + and 7 to 15 digits, in international format';

/** Undefined for what is none. A full-width plus is one, as libphonenumber has it. */
function compactNumber(text: string): string | undefined {
  const compact = withoutSeparators(text).replace(/^\uff0b/, '+');
  return /^\+\d{7,15}$/.test(compact) ? compact : undefined;
}

/** Whether a text has the digits of a number in it, with the country's code or without. */
export function quotesNumber(text: string, number: string): boolean {
  const national = parsePhoneNumberFromString(number)?.nationalNumber ?? number.slice(1);
  return text.replace(/\D/g, '').includes(national);
}

/** Country code and last three digits only, such as `+30***920`; nothing else of a number is ever shown. */
export function maskNumber(number: string): string {
  const callingCode = parsePhoneNumberFromString(number)?.countryCallingCode ?? '';
  return `+${callingCode}***${number.slice(-3)}`;
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** True for an assigned ISO 3166-1 alpha-2 code in capitals. */
export function isCountry(code: string): code is CountryCode {
  return /^[A-Z]{2}$/.test(code) && regionNames.of(code) !== undefined && !isWithdrawn(code) && !notIso.has(code);
}

/** CLDR still names codes such as `YU` and `UK`, but gives another as their canonical form. */
const isWithdrawn = (code: string) => Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`;

// CLDR also names these, which ISO 3166-1 does not assign.
const notIso = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'XK', 'ZZ', 'QO', 'AC', 'CP', 'DG', 'EA', 'IC', 'TA', 'CQ']);
