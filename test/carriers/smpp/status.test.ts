// What each command_status means, and that the documentation says the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import smpp from 'smpp';
import { describe, expect, test } from 'vitest';
import { meaningOf, refusal, statusName } from '../../../carriers/smpp/status.ts';
import { createThrottle } from '../../../carriers/smpp/throttle.ts';

const statusOf = (name: string) => smpp.errors[name] ?? expect.unreachable(`${name} is no status`);

test.each([
  ['ESME_RTHROTTLED', 'throttled'],
  ['ESME_RMSGQFUL', 'unavailable'],
  ['ESME_RSYSERR', 'unavailable'],
  ['ESME_RX_T_APPN', 'unavailable'],
  ['ESME_RINVBNDSTS', 'fault'],
  ['ESME_RINVPASWD', 'fault'],
  ['ESME_RINVDSTADR', 'rejected'],
  ['ESME_RINVSRCADR', 'rejected'],
  ['ESME_RSUBMITFAIL', 'rejected'],
  ['ESME_RUNKNOWNERR', 'rejected'],
])('%s is %s', (name, meaning) => expect(meaningOf(statusOf(name))).toBe(meaning));

test('a status of the vendor is rejected, named by its number, unless the operator says what it means', () => {
  expect(meaningOf(0x0401)).toBe('rejected');
  expect(statusName(0x0401)).toBe('command_status 0x00000401');
  expect(meaningOf(0x0401, { '0x0401': 'fault' })).toBe('fault');
  expect(meaningOf(statusOf('ESME_RINVDSTADR'), { '0xB': 'unavailable' })).toBe('unavailable');
});

test.each([
  ['rejected', 'CarrierRejected', 0x0b, undefined],
  ['unavailable', 'CarrierUnavailable', 0x14, 2_000],
  ['throttled', 'CarrierUnavailable', 0x58, 700],
  ['fault', 'CarrierFault', 0x0e, undefined],
] as const)('%s is %s, with the name of the status', (meaning, name, status, retryAfterMs) => {
  const error = refusal(meaning, status, 700);
  expect(error.name).toBe(name);
  expect(error.message).toContain(statusName(status));
  expect('retryAfterMs' in error ? error.retryAfterMs : undefined).toBe(retryAfterMs);
});

test('the table of the documentation names every status that is not simply rejected, with its meaning', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/carriers-smpp.md'), 'utf8');
  const rows = guide.split('\n').filter((line) => /^\|.*`ESME_/.test(line));
  const documented = rows.flatMap((row) => {
    const [, statuses = '', meaning = ''] = row.split('|');
    return [...statuses.matchAll(/`(ESME_\w+)`/g)].map(([, name = '']) => [name, /`(\w+)`/.exec(meaning)?.[1]]);
  });
  const names = Object.keys(smpp.errors).filter((name) => name !== 'ESME_ROK');
  const special = names.filter((name) => meaningOf(statusOf(name)) !== 'rejected');
  const said = new Map(documented.map(([name = '', meaning]) => [name, meaning]));
  expect([...said.keys()].filter((name) => meaningOf(statusOf(name)) !== said.get(name))).toEqual([]);
  expect(special.filter((name) => !said.has(name))).toEqual([]);
  expect(special.length).toBeGreaterThan(10);
});

describe('a pause', () => {
  test('doubles with each throttled answer after it, up to 16 s, and is forgotten with an acceptance', () => {
    let now = 0;
    const throttle = createThrottle(
      () => now,
      () => 0.5,
    );
    const pauses = [];
    for (let i = 0; i < 7; i += 1) {
      pauses.push(throttle.throttled());
      now += throttle.remainingMs();
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 16_000]);
    expect(throttle.remainingMs()).toBe(0);
    throttle.accepted();
    expect(throttle.throttled()).toBe(500);
  });

  test('is not made longer by answers to what was under way', () => {
    let now = 0;
    const throttle = createThrottle(
      () => now,
      () => 0.5,
    );
    throttle.throttled();
    now = 200;
    expect(throttle.throttled()).toBe(300);
    throttle.accepted();
    now = 500;
    expect(throttle.throttled()).toBe(1_000);
  });
});
