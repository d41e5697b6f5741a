// What each refusal means, by each of Vonage's APIs, and that the guide says the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CarrierUnavailable } from '../../carriers/carrier.ts';
import {
  httpMeaning,
  httpStatuses,
  messagesCodes,
  smsStatuses,
  type VonageMeaning,
} from '../../carriers/vonage-errors.ts';
import { callStates, messageStates, smsStates } from '../../carriers/vonage-receipts.ts';
import type { Behaviour } from './vonage-mock-network.ts';
import { vonageSetup } from './vonage-setup.ts';

const errors: Readonly<Record<VonageMeaning, string>> = {
  rejected: 'CarrierRejected',
  unavailable: 'CarrierUnavailable',
  fault: 'CarrierFault',
  unknown: 'CarrierOutcomeUnknown',
};

async function refusal(behaviour: Behaviour, settings: object = {}) {
  const { mock, send } = await vonageSetup({ settings });
  mock.next(behaviour);
  return await send().then(
    () => expect.unreachable('it was accepted'),
    (error: Error) => error,
  );
}

describe('a refusal', () => {
  test.each(Object.entries(smsStatuses))('of the SMS API with status %s is %s', async (status, meaning) => {
    const { name, message } = await refusal({ status });
    expect([name, message]).toEqual([errors[meaning], expect.stringContaining(`SMS API, status ${status})`)]);
  });

  test.each(Object.entries(messagesCodes))('of the Messages API with code %s is %s', async (code, meaning) => {
    const { name, message } = await refusal({ http: 422, code }, { smsApi: 'messages' });
    expect([name, message]).toEqual([errors[meaning], expect.stringContaining(`HTTP 422, code ${code})`)]);
  });

  test.each([
    [400, 'rejected'],
    [401, 'fault'],
    [402, 'fault'],
    [404, 'fault'],
    [422, 'rejected'],
    [429, 'unavailable'],
    [500, 'unknown'],
    [503, 'unknown'],
    [307, 'fault'],
  ] as const)('by HTTP %i is %s, whichever API it is of', async (http, meaning) => {
    expect((await refusal({ http })).name).toBe(errors[meaning]);
    expect((await refusal({ http }, { smsApi: 'messages' })).name).toBe(errors[meaning]);
  });

  test('that nobody has listed is for good', async () => {
    expect((await refusal({ status: '99' })).name).toBe('CarrierRejected');
    expect((await refusal({ http: 422, code: '1999' }, { smsApi: 'messages' })).name).toBe('CarrierRejected');
    expect([httpMeaning(418), httpMeaning(599), httpMeaning(304)]).toEqual(['rejected', 'unknown', 'fault']);
  });

  test('by HTTP outweighs the code in it: Vonage gives some codes with several statuses', async () => {
    expect((await refusal({ http: 401, code: '1000' }, { smsApi: 'messages' })).name).toBe('CarrierFault');
    expect((await refusal({ http: 500, code: '1420' }, { smsApi: 'messages' })).name).toBe('CarrierOutcomeUnknown');
  });

  test('for now says how long to wait, where Vonage does', async () => {
    const settings = { smsApi: 'messages' };
    const asked = (await refusal({ http: 429, retryAfter: 7 }, settings)) as CarrierUnavailable;
    expect(asked.retryAfterMs).toBe(7_000);
    expect(((await refusal({ http: 429 }, settings)) as CarrierUnavailable).retryAfterMs).toBe(1_000);
  });
});

describe('the guide', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/carriers-vonage.md'), 'utf8');
  /** Rows of the table under a heading: the codes of the first cell, and the first word in code of the second. */
  const rows = (heading: string) => {
    const [, section = ''] = guide.split(`\n### ${heading}\n`);
    const table =
      section
        .split(/\n#/)[0]
        ?.split('\n')
        .filter((line) => line.startsWith('| `')) ?? [];
    return Object.fromEntries(
      table.flatMap((row) => {
        const [, codes = '', meaning = ''] = row.split('|');
        return [...codes.matchAll(/`([\w-]+)`/g)].map(([, code = '']) => [code, /`?(\w+)`?/.exec(meaning)?.[1]]);
      }),
    );
  };

  test.each([
    ['SMS API', smsStatuses],
    ['Messages API', messagesCodes],
    ['HTTP', httpStatuses],
    ['Receipts of the SMS API', smsStates],
    ['Statuses of the Messages API', messageStates],
  ])('says of %s what is done', (heading, table) => expect(rows(heading)).toMatchObject(table));

  test('says of each end of a call that nobody heard it', () => {
    const said = rows('Events of a call');
    expect(Object.keys(callStates).filter((status) => said[status] !== 'undelivered')).toEqual([]);
  });
});
