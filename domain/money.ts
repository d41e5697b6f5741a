// Money as integers of a millionth of the currency unit ("micros"); decimal only on the wire.

const MICROS_PER_UNIT = 1_000_000;

/** Micros as a decimal number of units, exact to 6 decimals. */
export function microsToUnits(micros: number): number {
  assertMicros(micros);
  return Number((micros / MICROS_PER_UNIT).toFixed(6));
}

/**
 * A decimal number of units or its text as micros.
 * @throws RangeError when it has more than 6 decimals or leaves the safe integer range.
 */
export function unitsToMicros(units: number | string): number {
  const match = /^(-?)(\d{1,10})(?:\.(\d{1,6}))?$/.exec(String(units));
  if (!match) throw new RangeError('An amount needs at most 10 digits and 6 decimals');
  const micros = Number(match[2]) * MICROS_PER_UNIT + Number((match[3] ?? '').padEnd(6, '0'));
  return assertMicros(match[1] === '-' ? -micros : micros);
}

/** The amount itself, when it is a safe integer. @throws RangeError otherwise: a fraction of a micro is a programming error. */
export function assertMicros(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError('An amount of money must be a safe integer of micros');
  return amount === 0 ? 0 : amount;
}

const currencies = {
  EUR: { code: 'EUR', name: 'Euro', sign: '€' },
  USD: { code: 'USD', name: 'US Dollar', sign: '$' },
  GBP: { code: 'GBP', name: 'Pound Sterling', sign: '£' },
} as const;

export interface Currency {
  readonly code: string;
  readonly name: string;
  readonly sign: string;
}

/** Name and sign of an ISO 4217 currency; one without a row of its own goes by its code. */
export function currencyOf(code: string): Currency {
  return Object.hasOwn(currencies, code)
    ? currencies[code as keyof typeof currencies]
    : { code, name: new Intl.DisplayNames('en', { type: 'currency' }).of(code) ?? code, sign: code };
}
