// Pins every row of the contract's error table: clients compare these numbers and texts.
import { describe, expect, test } from 'vitest';
import { errorNames, errorRow, invalidFields, isErrorName, RefusedError } from '../../domain/errors.ts';

const rows = [
  ['accountNotFound', '404001001', 404, 'Account not found.'],
  ['insufficientBalance', '400001009', 400, 'Insufficient Balance.'],
  ['applicationNotFound', '404010002', 404, 'Application not found.'],
  ['invalidTemplate', '400011001', 400, 'Invalid message template.'],
  ['invalidData', '400005000', 400, 'Sms contains invalid data.'],
  ['notPending', '400011002', 400, 'Verification is not in pending state.'],
  ['expired', '400011003', 400, 'Verification has expired.'],
  ['maxRetriesReached', '400011004', 400, 'Verification max retries reached.'],
  ['wrongAnswer', '400011005', 400, 'Wrong answer provided.'],
  ['unknownTrackingId', '404011006', 404, "The verification with the specified tracking id doesn't exist."],
  ['malformedRequest', '400000000', 400, 'Malformed HTTP request'],
  ['unauthorised', '401000000', 401, 'Missing, malformed or expired access token'],
  ['missingScope', '403000000', 403, 'The access token lacks the scope this path needs'],
  ['noSuchPath', '404000000', 404, 'No such path'],
  ['methodNotAllowed', '405000000', 405, 'Method not allowed on this path'],
  ['requestTimeout', '408000000', 408, 'The request took too long to come in'],
  ['idempotencyKeyReused', '409000000', 409, 'This Idempotency-Key was used with another body'],
  ['bodyTooLarge', '413000000', 413, 'The request body is too large'],
  ['unsupportedMediaType', '415000000', 415, 'Unsupported media type'],
  ['expectationFailed', '417000000', 417, 'Expect: 100-continue is the only expectation that is met'],
  ['tooManyRequests', '429000000', 429, 'Too many requests, see Retry-After'],
  ['headersTooLarge', '431000000', 431, 'The request headers are too large'],
  ['internal', '500000000', 500, 'Internal error'],
  ['unavailable', '503000000', 503, 'Temporarily unavailable, see Retry-After'],
] as const;

describe('the error table', () => {
  test.each(rows)('has %s as %s with status %i: %s', (name, code, status, developerMessage) => {
    expect(errorRow(name)).toEqual({ code, status, developerMessage });
  });

  test('has no row but these, and no code twice', () => {
    expect(errorNames).toEqual(rows.map(([name]) => name));
    expect(new Set(rows.map(([, code]) => code)).size).toBe(rows.length);
  });

  test('knows its own names and nothing that every object has', () => {
    expect(errorNames.every(isErrorName)).toBe(true);
    for (const name of ['constructor', '__proto__', 'toString', '', 'Expired', undefined, 7]) {
      expect(isErrorName(name)).toBe(false);
    }
  });
});

describe('a refusal', () => {
  test("carries the row's text, the fields and the time to wait", () => {
    const refused = new RefusedError('unavailable', { retryAfterSeconds: 2 });
    expect(refused).toMatchObject({ errorName: 'unavailable', retryAfterSeconds: 2, properties: undefined });
    expect(refused.message).toBe('Temporarily unavailable, see Retry-After');
  });

  test('for invalid fields is 400005000 and names each of them', () => {
    const refused = invalidFields({ digits: 'must be an integer', recipient: 'is not valid' });
    expect(errorRow(refused.errorName).code).toBe('400005000');
    expect(refused.properties).toEqual({ digits: 'must be an integer', recipient: 'is not valid' });
  });
});
