// Verifications on the wire: the body, which projections are shown, and what an attempt is told.
import { describe, expect, test } from 'vitest';
import { refuseUnless } from '../../api/verdicts.ts';
import { findOwnVerification, isOpen, verdictFor, verificationBody } from '../../api/wire.ts';
import { START_WINDOW_MS } from '../../domain/start-window.ts';
import { type Status, statuses } from '../../domain/verification.ts';
import type { Database } from '../../store/database.ts';
import type { VerificationDocument } from '../../store/documents.ts';

const trackingId = '0b7d1c9e-8f3a-4c25-9a44-5d2e7f1a6b30';
const receivedAt = new Date('2025-03-01T10:00:00.005Z');
const projection = (changes: Partial<VerificationDocument> = {}) =>
  ({
    _id: trackingId,
    accountId: 'account-1',
    receivedAt,
    openedAt: receivedAt,
    outcome: 'open',
    status: 'Pending',
    timesTried: 1,
    maxRetries: 3,
    expiresAt: new Date('2025-03-01T10:05:00Z'),
    updatedAt: receivedAt,
    verdicts: {},
    ...changes,
  }) as VerificationDocument;

const database = (kept: VerificationDocument) =>
  ({
    verifications: { findOne: async ({ _id }: { _id: string }) => (_id === kept._id ? kept : null) },
  }) as unknown as Database;
const found = (kept: VerificationDocument, id = trackingId) => findOwnVerification(database(kept), 'account-1', id);

test('the body has exactly the six members of the contract, times in UTC with milliseconds', () => {
  expect(verificationBody(projection())).toStrictEqual({
    trackingId,
    status: 'Pending',
    updatedAt: '2025-03-01T10:00:00.005Z',
    maxRetries: 3,
    expiresAt: '2025-03-01T10:05:00.000Z',
    timesTried: 1,
  });
});

describe('a projection is shown', () => {
  const at = (ms: number) => new Date(receivedAt.getTime() + ms);

  test('from the moment it opened within the window', () => {
    expect(isOpen(projection({ openedAt: at(START_WINDOW_MS) }))).toBe(true);
  });

  test('not when it opened later, was refused, or holds no facts yet', () => {
    expect(isOpen(projection({ openedAt: at(START_WINDOW_MS + 1) }))).toBe(false);
    expect(isOpen(projection({ outcome: 'refused', refusal: 'insufficientBalance' }))).toBe(false);
    const { receivedAt: _, ...factless } = projection();
    expect(isOpen(factless as VerificationDocument)).toBe(false);
  });
});

describe('a verification is found', () => {
  test('by its id in any case', async () => {
    expect(await found(projection(), trackingId.toUpperCase())).toMatchObject({ _id: trackingId });
  });

  test.each([
    ['unknown', projection({ _id: 'another' })],
    ["another account's", projection({ accountId: 'account-2' })],
    ['refused', projection({ outcome: 'refused', refusal: 'unavailable' })],
  ])('never when it is %s: 404011006', async (_, kept) => {
    await expect(found(kept)).rejects.toMatchObject({ errorName: 'unknownTrackingId', properties: undefined });
  });

  test.each(['', 'x', `${trackingId} `, `{${trackingId}}`, trackingId.replaceAll('-', ''), '__proto__'])(
    'never by the malformed id %j, which is not even looked up: 404011006',
    async (id) => {
      const anything = { verifications: { findOne: async () => projection() } } as unknown as Database;
      await expect(findOwnVerification(anything, 'account-1', id)).rejects.toMatchObject({
        errorName: 'unknownTrackingId',
      });
    },
  );
});

describe('an attempt is told', () => {
  test('its own verdict, also when the verification has ended since', () => {
    const verdicts = { mine: { verdict: 'wrongAnswer', remaining: 2 } } as const;
    for (const status of statuses) expect(verdictFor(projection({ status, verdicts }), 'mine')).toEqual(verdicts.mine);
  });

  test('nothing while it is not judged and the verification is Pending', () => {
    const verdicts = { other: { verdict: 'wrongAnswer', remaining: 2 } } as const;
    expect(verdictFor(projection({ verdicts }), 'mine')).toBeUndefined();
  });

  test.each<[Exclude<Status, 'Pending'>, string, string]>([
    ['Expired', 'expired', '400011003'],
    ['Verified', 'notPending', '400011002'],
    ['Cancelled', 'notPending', '400011002'],
    ['Failed', 'notPending', '400011002'],
  ])('of an ending that came first, %s, as %s (%s)', (status, verdict) => {
    expect(verdictFor(projection({ status }), 'mine')).toEqual({ verdict, remaining: 0 });
    const decided = verdictFor(projection({ status }), 'mine')?.verdict ?? 'verified';
    expect(() => refuseUnless(decided, 'verified')).toThrow(expect.objectContaining({ errorName: verdict }));
  });
});
