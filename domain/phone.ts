// Which phone numbers are served, by method (CONTRACT "recipient"), and how a number is shown when it must be hidden.
import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { withoutSeparators } from './typed.ts';

export type Method = 'sms' | 'voice';

export const methods = ['sms', 'voice'] as const satisfies readonly Method[];

/** True for a method's name, so that what comes from outside can be trusted. */
export function isMethod(value: unknown): value is Method {
  return methods.some((method) => method === value);
}

export interface Recipient {
  /** E.164, with the plus. */
  readonly number: string;
  /** ISO 3166-1 alpha-2; `ZZ` for non-geographic numbers. */
  readonly country: string;
}

const refusedBySms = new Set<PhoneNumber['getType'] extends () => infer T ? T : never>([
  'FIXED_LINE',
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'UAN',
  'VOICEMAIL',
  'PAGER',
]);

/**
 * Reads a recipient: `+` and 7-15 digits once spaces, dashes, dots, brackets and what is invisible are dropped, valid for the method.
 * @param landlineByVoice whether a landline is served by SMS, too, since it will be called instead
 * @returns the recipient, or a sentence that says what is wrong with it.
 */
export function readRecipient(text: string, method: Method, landlineByVoice = false): Recipient | string {
  const compact = compactNumber(text);
  if (compact === undefined) return FORM;
  const phone = parsePhoneNumberFromString(compact);
  if (!phone?.isValid()) return 'is not a valid phone number';
  const type = phone.getType();
  const called = landlineByVoice && type === 'FIXED_LINE';
  if (method === 'sms' && refusedBySms.has(type) && !called)
    return 'cannot receive SMS: give a mobile number or use voice';
  if (method === 'voice' && type === 'PREMIUM_RATE') return 'is a premium rate number, which is not called';
  return { number: phone.number, country: phone.country ?? 'ZZ' };
}

/** Whether a number is surely a landline: a call reaches it, SMS does not. */
export function isLandline(number: string): boolean {
  return parsePhoneNumberFromString(number)?.getType() === 'FIXED_LINE';
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
