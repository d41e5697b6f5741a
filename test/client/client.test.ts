// The client alone: tokens in time, repeats only where they are safe and worth it, errors with all they know.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Twostep, TwostepError } from '../../client/src/index.ts';
import { answers, fakeService } from '../support/fake-service.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const clientOf = (service: ReturnType<typeof fakeService>, options = {}) =>
  new Twostep({
    baseUrl: 'http://service/',
    applicationId: 'id',
    applicationSecret: 'secret',
    fetch: service.fetch,
    ...options,
  });
const fields = { method: 'sms', recipient: '+306948530920' } as const;
const { pending, unavailable, tooMany, lost, unauthorised, refused } = answers;

/** Lets time pass until it is settled. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  await vi.runAllTimersAsync();
  return await promise;
}

describe('a request', () => {
  test('that may be repeated is sent again after Retry-After, under the same key', async () => {
    const service = fakeService([() => unavailable('2'), lost, pending]);
    const began = Date.now();
    expect(await settled(clientOf(service).start(fields))).toMatchObject({ status: 'Pending' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(2_000);
    const keys = service.asked.map(({ headers }) => headers.get('Idempotency-Key'));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await service.asked.at(-1)?.json()).toEqual(fields);
  });

  test('gets another key each time, unless one is given', async () => {
    const service = fakeService([pending, pending, pending]);
    const client = clientOf(service);
    await client.start(fields);
    await client.start(fields);
    await client.start(fields, { idempotencyKey: 'mine' });
    const keys = service.asked.map(({ headers }) => headers.get('Idempotency-Key'));
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe('mine');
  });

  test('without a key that changes something is sent once', async () => {
    const service = fakeService([lost, () => unavailable()]);
    await expect(settled(clientOf(service).cancel('t'))).rejects.toThrow('fetch failed');
    await expect(settled(clientOf(service).cancel('t'))).rejects.toMatchObject({ code: '503000000' });
    expect(service.asked).toHaveLength(2);
  });

  test('is given up after the tries allowed, with the last error', async () => {
    const service = fakeService([() => unavailable(), () => unavailable(), () => unavailable()]);
    await expect(settled(clientOf(service, { retries: 2 }).status('t'))).rejects.toMatchObject({
      code: '503000000',
      retryAfterSeconds: 1,
    });
    expect(service.asked).toHaveLength(3);
    const none = fakeService([lost]);
    await expect(settled(clientOf(none, { retries: 0 }).status('t'))).rejects.toThrow('fetch failed');
  });

  test('does not wait longer than it may: 429000000 with a long Retry-After comes back at once', async () => {
    const service = fakeService([() => tooMany('25')]);
    const began = Date.now();
    await expect(settled(clientOf(service).resend('t'))).rejects.toMatchObject({ retryAfterSeconds: 25, status: 429 });
    expect(Date.now() - began).toBeLessThan(1_000);
  });
});

describe('a token', () => {
  test('is got once for many requests, and again shortly before its end', async () => {
    const service = fakeService([pending, pending, pending, pending], 100);
    const client = clientOf(service);
    await Promise.all([client.status('a'), client.status('b')]);
    expect(service.tokens).toBe(1);
    vi.advanceTimersByTime(89_000);
    await client.status('c');
    expect(service.tokens).toBe(1);
    vi.advanceTimersByTime(2_000);
    await client.status('d');
    expect(service.tokens).toBe(2);
    expect(service.asked.at(-1)?.headers.get('Authorization')).toBe('Bearer token-2');
  });

  test('that is refused is replaced and the request sent again, once: 401000000 twice is an error', async () => {
    const service = fakeService([unauthorised, pending, unauthorised, unauthorised]);
    const client = clientOf(service);
    expect(await settled(client.cancel('t'))).toMatchObject({ trackingId: 't' });
    expect(service.asked.map(({ headers }) => headers.get('Authorization'))).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
    await expect(settled(client.cancel('t'))).rejects.toMatchObject({ code: '401000000' });
    expect(service.tokens).toBe(3);
  });
});

describe('an error', () => {
  test('has code, status, fields, remaining tries and the id of the request', async () => {
    const body = { code: '400005000', developerMessage: 'Sms contains invalid data.', properties: { digits: 'bad' } };
    const service = fakeService([() => refused(body, { 'X-Attempts-Remaining': '2', 'X-Request-Id': 'r' })]);
    const error = await clientOf(service)
      .confirm('t', '1')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TwostepError);
    expect(error).toMatchObject({
      ...{ code: '400005000', status: 400, message: 'Sms contains invalid data.', properties: { digits: 'bad' } },
      ...{ attemptsRemaining: 2, requestId: 'r', retryAfterSeconds: undefined },
    });
  });

  test('of something in between that speaks no JSON has the status as its code', async () => {
    const service = fakeService([() => new Response('<html>', { status: 502 })]);
    await expect(clientOf(service).cancel('t')).rejects.toMatchObject({
      code: '502000000',
      status: 502,
      properties: {},
    });
  });
});
