// What carriers are answered where we could not take their report: a fault of ours is 503, which all of them repeat.
import { ServiceError } from '@temporalio/client';
import Koa from 'koa';
import { MongoServerSelectionError } from 'mongodb';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { answerErrors } from '../../api/middleware/errors.ts';
import { repeatLater } from '../../api/middleware/repeat-later.ts';
import { unreadableNote } from '../../api/unreadable.ts';
import { parseReceipts, takesUnreadable } from '../../carriers/receipt-parsers.ts';
import { RefusedError } from '../../domain/errors.ts';
import { send } from '../support/api-client.ts';
import { carrierRequest } from '../support/carrier-request.ts';
import { listen } from '../support/listen.ts';

async function answerTo(thrown: unknown) {
  const app = new Koa();
  const reported = vi.fn();
  app.on('error', reported);
  app.use(answerErrors({ warn: vi.fn() }));
  app.use(repeatLater);
  app.use(() => {
    throw thrown;
  });
  const { url, close } = await listen(app);
  onTestFinished(close);
  return { ...(await send(url, {})), reported };
}

describe('a carrier is told to repeat', () => {
  test.each<[string, unknown, number]>([
    ['a fault that nobody foresaw', new TypeError('secret 482915'), 1],
    ['a configuration that is not usable any more', new Error('the configuration of a carrier is not usable'), 1],
    ['what is no error', 'secret 482915', 1],
    ['the database away', new MongoServerSelectionError('10.1.2.3', {} as never), 0],
    [
      'the engine away',
      new ServiceError('x', { cause: Object.assign(new Error('x'), { code: 14, details: '', metadata: {} }) }),
      0,
    ],
    ['too many that wait', new RefusedError('unavailable', { retryAfterSeconds: 60 }), 0],
  ])('%s: 503 with Retry-After, reported where it is ours', async (_, thrown, reports) => {
    const { status, body, headers, reported } = await answerTo(thrown);
    expect([status, body.code, Number(headers.get('Retry-After')) > 0]).toEqual([503, '503000000', true]);
    expect(JSON.stringify(body)).not.toContain('482915');
    expect(reported).toHaveBeenCalledTimes(reports);
  });
});

describe('a carrier is not told to repeat what no repeat can help', () => {
  test.each([
    ['unauthorised', 401],
    ['noSuchPath', 404],
    ['invalidData', 400],
    ['bodyTooLarge', 413],
    ['unsupportedMediaType', 415],
  ] as const)('%s', async (name, expected) => {
    expect((await answerTo(new RefusedError(name))).status).toBe(expected);
  });
});

describe('a report that nobody can read', () => {
  const settings = (unreadable?: string) => ({
    requests: { sms: { url: 'https://gateway.example/' } },
    receipts: {
      messageId: 'id',
      states: [{ path: 's', equals: '1', means: 'delivered' }],
      ...(unreadable && { unreadable }),
    },
  });

  test.each(['', '{', '{"a": 1}', 'id=1', '<a/>'])(
    'is none: %j; acknowledged only where the settings say so',
    async (rawBody) => {
      const configuration = { settings: settings(), secrets: {} };
      expect(await parseReceipts('http', carrierRequest({ rawBody }), configuration)).toBeUndefined();
      expect(takesUnreadable('http', configuration)).toBe(false);
      expect(takesUnreadable('http', { settings: settings('acknowledge'), secrets: {} })).toBe(true);
      expect(takesUnreadable('twilio', configuration)).toBe(false);
    },
  );

  test('is noted once a minute for each carrier, without a word of it', () => {
    vi.useFakeTimers({ now: new Date('2026-11-24T00:00:00Z') });
    onTestFinished(() => void vi.useRealTimers());
    const warn = vi.fn();
    const note = unreadableNote({ warn });
    for (const carrier of ['acme', 'acme', 'other']) note(carrier);
    expect(warn.mock.calls.map(([facts]) => facts)).toEqual([{ carrier: 'acme' }, { carrier: 'other' }]);
    vi.advanceTimersByTime(60_000);
    note('acme');
    expect(warn).toHaveBeenCalledTimes(3);
  });
});
