// Message ids in one form, since an SMSC may write the same id with other digits, letters or zeros in its receipts.

/** `hex` are hexadecimal digits; `text` is any other, decimal numbers included. */
export type MessageIdForm = 'text' | 'hex';

/** The specification allows 64. */
const LONGEST = 200;

/**
 * The id in the form everybody compares: a number in decimal digits, any other text in small letters, without leading zeros.
 * Undefined for none.
 */
export function canonicalMessageId(given: string, form: MessageIdForm): string | undefined {
  const text = given.replaceAll('\0', '').trim().toLowerCase();
  if (text === '' || text.length > LONGEST) return undefined;
  const digits = /^(?:0x)?([0-9a-f]+)$/.exec(text)?.[1];
  if (form === 'hex' && digits) return BigInt(`0x${digits}`).toString();
  return text.replace(/^0+(?=.)/, '');
}
