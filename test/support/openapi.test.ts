// The check of answers against the document can fail: each thing the document does not describe is named.
import { describe, expect, test } from 'vitest';
import { publicDocument } from '../../api/openapi/public-document.ts';
import { publicOperations } from '../../api/routes.ts';
import { answerCheck } from './openapi.ts';

const check = answerCheck(publicDocument(publicOperations({ sandbox: true }), { closed: true }));
const verification = {
  trackingId: '2361de94-e188-4512-85f8-2ef25bb9d26a',
  status: 'Pending',
  updatedAt: '2026-11-23T17:07:26.903Z',
  maxRetries: 3,
  expiresAt: '2026-11-23T17:12:26.310Z',
  timesTried: 0,
};
const answered =
  (changes: { status?: number; body?: unknown; headers?: Record<string, string>; path?: string }) => () =>
    check({
      method: 'GET',
      path: changes.path ?? '/2step/2361de94-e188-4512-85f8-2ef25bb9d26a',
      status: changes.status ?? 200,
      body: changes.body ?? verification,
      headers: new Headers(changes.headers ?? { 'X-Request-Id': 'a' }),
    });

describe('an answer', () => {
  test('as documented passes, and so does one of a path that is not documented', () => {
    expect(answered({})).not.toThrow();
    expect(answered({ path: '/2step/2361DE94-E188-4512-85F8-2EF25BB9D26A/' })).not.toThrow();
    expect(answered({ path: '/elsewhere', body: 1, status: 418 })).not.toThrow();
  });

  test.each<[string, Parameters<typeof answered>[0], string]>([
    ['an undocumented status', { status: 418 }, 'not a documented status'],
    ['an undocumented field', { body: { ...verification, code: '1234' } }, 'additional properties'],
    ['a missing field', { body: { ...verification, status: undefined } }, "'status'"],
    ['another type', { body: { ...verification, timesTried: '0' } }, 'integer'],
    ['a time without milliseconds', { body: { ...verification, updatedAt: '2026-11-23T17:07:26Z' } }, 'pattern'],
    [
      'a code the operation does not have',
      { status: 404, body: { code: '404010002', developerMessage: '' } },
      'allowed values',
    ],
    ['no X-Request-Id', { headers: {} }, 'lacks X-Request-Id'],
    ['no Retry-After', { status: 503, body: { code: '503000000', developerMessage: '' } }, 'lacks Retry-After'],
    [
      'a header of another type',
      {
        status: 503,
        body: { code: '503000000', developerMessage: '' },
        headers: { 'X-Request-Id': 'a', 'Retry-After': 'soon' },
      },
      'Retry-After',
    ],
  ])('with %s is named', (_, changes, named) => {
    expect(answered({ ...changes, body: JSON.parse(JSON.stringify(changes.body ?? verification)) })).toThrow(named);
  });
});
