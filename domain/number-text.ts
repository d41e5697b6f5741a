// Which numbers may stand in a text: those that every program reads as they were written.

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether JavaScript prints the number with the value it was written with, and without an exponent. */
export function isSameInPrint(written: string): boolean {
  const printed = String(Number(written));
  const value = decimalOf(printed);
  return !printed.includes('e') && value !== undefined && value === decimalOf(written);
}

/** A decimal number in the one form that equal ones share: its digits without zeros around them, and their power of ten. */
function decimalOf(text: string): string | undefined {
  const [, sign, whole = '', fraction = '', power = '0'] = DECIMAL.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.length - zerosAtEnd(digits);
  if (kept === 0) return '0';
  return `${sign}${digits.slice(0, kept)}e${Number(power) - fraction.length + digits.length - kept}`;
}

function zerosAtEnd(digits: string): number {
  let zeros = 0;
  while (zeros < digits.length && digits.at(-1 - zeros) === '0') zeros += 1;
  return zeros;
}
