// Whatever is thrown becomes the contract's error body, and nothing of the inside leaves.
import { ServiceError } from '@temporalio/client';
import Koa from 'koa';
import { MongoServerSelectionError } from 'mongodb';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { answerErrors } from '../../api/middleware/errors.ts';
import { errorNames, errorRow, invalidFields, RefusedError } from '../../domain/errors.ts';
import { send } from '../support/api-client.ts';
import { listen } from '../support/listen.ts';

const address = '10.1.2.3:7233';
const grpcError = Object.assign(new Error(address), { code: 14, details: address, metadata: {} });

/** What a caller gets when a handler throws this, and what was reported inside. */
async function answerTo(thrown: unknown) {
  const app = new Koa();
  const reported = vi.fn();
  app.on('error', reported);
  const warn = vi.fn();
  app.use(answerErrors({ warn }));
  app.use(() => {
    throw thrown;
  });
  const { url, close } = await listen(app);
  onTestFinished(close);
  return { ...(await send(url, {})), reported, warn };
}

test.each(errorNames)('%s is answered with its row, status and code alike', async (name) => {
  const { status, body, reported } = await answerTo(new RefusedError(name));
  const row = errorRow(name);
  expect(body).toStrictEqual({ code: row.code, developerMessage: row.developerMessage });
  expect(status).toBe(Number(body.code.slice(0, 3)));
  // Only what nobody foresaw is reported.
  expect(reported).toHaveBeenCalledTimes(name === 'internal' ? 1 : 0);
});

test('bad fields are named in properties', async () => {
  const { body } = await answerTo(invalidFields({ digits: 'must be 4' }));
  expect(body).toStrictEqual({
    code: '400005000',
    developerMessage: 'Sms contains invalid data.',
    properties: { digits: 'must be 4' },
  });
});

describe('an outage is 503000000 with Retry-After', () => {
  test.each([
    ['the database away', new MongoServerSelectionError(address, {} as never)],
    ['the engine away', grpcError],
    ['the engine away, as workflow calls tell it', new ServiceError('Failed to signal Workflow', { cause: grpcError })],
  ])('%s', async (_, thrown) => {
    const { status, body, headers, reported } = await answerTo(thrown);
    expect(status).toBe(503);
    expect(body).toStrictEqual({ code: '503000000', developerMessage: 'Temporarily unavailable, see Retry-After' });
    expect(headers.get('Retry-After')).toBe('2');
    expect(reported).not.toHaveBeenCalled();
  });
});

describe('an error nobody foresaw is a bare 500000000, reported once', () => {
  test.each([
    ['a bug', new TypeError(`cannot read 4711 of ${address}`)],
    ['a call of the engine that never left', new ServiceError('Unexpected', { cause: new Error(address) })],
    ['a thrown text', address],
    ['an error with a status of its own', Object.assign(new Error(address), { status: 418 })],
  ])('%s', async (_, thrown) => {
    const { status, body, reported } = await answerTo(thrown);
    expect(status).toBe(500);
    expect(body).toStrictEqual({ code: '500000000', developerMessage: 'Internal error' });
    expect(reported).toHaveBeenCalledTimes(1);
  });
});

test('401 says which scheme would do', async () => {
  const { headers } = await answerTo(new RefusedError('unauthorised'));
  expect(headers.get('WWW-Authenticate')).toBe('Bearer');
});
