// What each code of Twilio means, and that the documentation says the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCarriersFile } from '../../admin/carriers-file-format.ts';
import { readCarrier } from '../../carriers/registry.ts';
import { meaningOf, refusal, twilioCodes } from '../../carriers/twilio-codes.ts';
import { twilioOptions } from '../../carriers/twilio-settings.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/carriers-twilio.md'), 'utf8');

test('the guide has every code we know, once, under what it means', () => {
  const told = guide
    .split('\n')
    .filter((line) => /^\| `\w+` \| [\d, ]+ \|$/.test(line))
    .flatMap((row) => {
      const [, meaning = '', codes = ''] = row.split('|');
      return codes.split(',').map((code) => [Number(code), meaning.replace(/[` ]/g, '')] as const);
    });
  const known = Object.entries(twilioCodes).map(([code, [meaning]]) => [Number(code), meaning] as const);
  expect([...told].sort(([a], [b]) => a - b)).toEqual(known);
  expect(known.length).toBeGreaterThan(80);
});

test('the working example of the guide is one', () => {
  const example = /```json\n(\{\n {2}"carriers"[\s\S]+?)```/.exec(guide)?.[1] ?? expect.unreachable();
  const { file, problems } = readCarriersFile(example, { TWILIO_AUTH_TOKEN: 'token' });
  expect(problems).toEqual({});
  for (const [name, { type, settings, secrets }] of Object.entries(file?.carriers ?? {})) {
    expect(() => readCarrier(name, type, settings, secrets)).not.toThrow();
  }
  const options = file?.routes
    .flatMap(({ steps }) => steps.map((step) => step.options))
    .filter((each) => each !== undefined);
  expect(options?.map((each) => twilioOptions.safeParse(each).success)).toEqual([true]);
});

describe('without a code we know, the status decides', () => {
  test.each([
    [400, 'rejected'],
    [422, 'rejected'],
    [401, 'fault'],
    [403, 'fault'],
    [404, 'fault'],
    [302, 'fault'],
    [429, 'unavailable'],
    [500, 'unknown'],
    [503, 'unknown'],
  ])('%i is %s', (status, meaning) => {
    expect(meaningOf(status, undefined)).toBe(meaning);
    expect(meaningOf(status, 12345)).toBe(meaning);
  });
});

test('a code decides over its status, but never over a failure inside Twilio', () => {
  expect(meaningOf(403, 21408)).toBe('rejected');
  expect(meaningOf(400, 20003)).toBe('fault');
  expect(meaningOf(503, 21211)).toBe('unknown');
});

test.each([
  [21211, 400, 'CarrierRejected', undefined],
  [20429, 429, 'CarrierUnavailable', 1_000],
  [20003, 401, 'CarrierFault', undefined],
  [20500, 500, 'CarrierOutcomeUnknown', undefined],
])('%i with %i is %s, and is named in its reason', (code, status, name, retryAfterMs) => {
  const error = refusal(status, code, undefined);
  expect([error.name, 'retryAfterMs' in error ? error.retryAfterMs : undefined]).toEqual([name, retryAfterMs]);
  expect(error.message).toContain(`code ${code}`);
});

test('a pause Twilio asks for is kept, up to a minute', () => {
  expect(refusal(429, 20429, 7_000)).toMatchObject({ retryAfterMs: 7_000 });
  expect(refusal(429, 20429, 600_000)).toMatchObject({ retryAfterMs: 60_000 });
});
