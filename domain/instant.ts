// Times as callers write them: ISO 8601, and what known clients make of it (quotes, no seconds, no zone, a plus that a form made a blank).

const NO_TIME = 'must be an ISO 8601 time, such as 2026-01-31T15:00:00Z';

const DAY = '(\\d{4})-(\\d{2})-(\\d{2})';
const TIME = '(\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,12}))?)?';
const ZONE = '[Zz]|[-+ \\u2212]\\d{2}(?::?\\d{2})?';
/** For documents: what is taken beside RFC 3339's own form. */
export const instantPattern = `^\\s*"?\\s*${DAY}(?:[Tt ]${TIME}(?:${ZONE})?)?\\s*"?\\s*$`;
const form = new RegExp(`^${DAY}(?:[Tt ]${TIME}(${ZONE})?)?$`);

/** The instant a text names, in UTC where it has no zone; a day is its first instant. Else a sentence that says what is wrong. */
export function readInstant(text: string): Date | string {
  const found = form.exec(withoutQuotes(text));
  if (!found) return NO_TIME;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = ''] =
    found;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // Days beyond the end of a month are read as days of the next one.
  if (Number.isNaN(midnight.getTime()) || midnight.getUTCDate() !== Number(day)) {
    return `names a day that does not exist: ${year}-${month}-${day}`;
  }
  if (hour > '23' || minute > '59' || second > '59') {
    return `names a time of day that does not exist: ${hour}:${minute}:${second}`;
  }
  const offset = minutesFromUtc(zone);
  if (offset === undefined) return 'has a distance from UTC that does not exist: at most 23 hours and 59 minutes';
  const seconds = Number(hour) * 3_600 + (Number(minute) - offset) * 60 + Number(second);
  return new Date(midnight.getTime() + seconds * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0')));
}

function withoutQuotes(text: string): string {
  const trimmed = text.trim();
  const quoted = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
  return quoted ? trimmed.slice(1, -1).trim() : trimmed;
}

/** Undefined for more than there can be. */
function minutesFromUtc(zone: string): number | undefined {
  if (zone === '' || zone.toUpperCase() === 'Z') return 0;
  const [sign, digits] = [zone.slice(0, 1), zone.slice(1).replace(':', '').padEnd(4, '0')];
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 23 || minutes > 59) return undefined;
  // A blank was a plus before a form decoded it.
  return (hours * 60 + minutes) * (sign === '-' || sign === '\u2212' ? -1 : 1);
}
