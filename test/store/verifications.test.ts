// The projection of a verification: its first version decides when it opened, later ones only ever go forward.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Database, openDatabase } from '../../store/database.ts';
import type { VerificationFacts, VerificationProgress } from '../../store/documents.ts';
import {
  findVerification,
  findVerifications,
  isAnothers,
  openProjection,
  project,
  restoreProjection,
} from '../../store/verifications.ts';
import { eventually } from '../support/eventually.ts';

let database: Database;
beforeAll(() => {
  database = openDatabase(inject('servers').mongodbUrl, `t${randomUUID().slice(0, 8)}`);
});
afterAll(() => database.close());

const run = { id: 'run-1', reset: false };
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const facts: VerificationFacts = {
  accountId: 'a',
  applicationId: 'b',
  method: 'sms',
  country: 'GR',
  recipient: { keyId: 'k1', sealed: '' },
  recipientHash: 'k1:x',
  recipientMasked: '+30***920',
  currency: 'EUR',
  price: 45_000,
  methods: ['sms', 'voice'],
  parts: 1,
  digits: 6,
  keyId: 'k1',
  receivedAt: at(0),
};
/** The progress of a version; its tries tell versions apart. */
const progress = (timesTried: number): VerificationProgress => ({
  outcome: 'open',
  status: 'Pending',
  timesTried,
  maxRetries: 20,
  expiresAt: at(59),
  updatedAt: at(timesTried),
  lastSendAt: at(0),
  resends: 0,
  verdicts: {},
  sends: [],
  timeline: [],
});

async function laterThan(instant: number): Promise<void> {
  while (Date.now() <= instant) await new Promise(setImmediate);
}

describe('the first version', () => {
  test('is written whole, with the instant it became visible', async () => {
    const [id, before] = [randomUUID(), Date.now()];
    const { openedAt } = await openProjection(database, id, run, facts, progress(0));
    expect(openedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(await findVerification(database, id)).toEqual({
      _id: id,
      ...facts,
      ...progress(0),
      version: 1,
      openedAt,
      run: 'run-1',
    });
  });

  test('tells whoever repeats it the instant the first writer set', async () => {
    const id = randomUUID();
    const { openedAt } = await openProjection(database, id, run, facts, progress(0));
    await laterThan(openedAt.getTime());
    expect(await openProjection(database, id, run, facts, progress(0))).toMatchObject({ outcome: 'open', openedAt });
  });

  test('has one instant for 20 writers at once', async () => {
    const id = randomUUID();
    const writers: ReturnType<typeof openProjection>[] = [];
    // A millisecond apart, so that each would tell an instant of its own.
    for (let n = 0; n < 20; n += 1) {
      writers.push(openProjection(database, id, run, facts, progress(0)));
      await laterThan(Date.now());
    }
    const openings = await Promise.all(writers);
    expect(new Set(openings.map(({ openedAt }) => openedAt.getTime())).size).toBe(1);
  });

  test('never undoes what was written after it', async () => {
    const id = randomUUID();
    await openProjection(database, id, run, facts, progress(0));
    await project(database, id, run, 2, progress(1));
    await openProjection(database, id, run, facts, progress(0));
    expect(await findVerification(database, id)).toMatchObject({ version: 2, timesTried: 1 });
  });

  test('finds a refusal that was written first, and says so', async () => {
    const id = randomUUID();
    await project(database, id, run, 2, { ...progress(0), outcome: 'refused', refusal: 'unavailable' });
    expect(await openProjection(database, id, run, facts, progress(0))).toMatchObject({ outcome: 'refused' });
    expect(await findVerification(database, id)).toMatchObject({ outcome: 'refused', version: 2 });
  });
});

describe('a later version', () => {
  test('replaces an older one and keeps the facts and the opening', async () => {
    const id = randomUUID();
    const { openedAt } = await openProjection(database, id, run, facts, progress(0));
    await project(database, id, run, 3, { ...progress(2), status: 'Verified' });
    expect(await findVerification(database, id)).toMatchObject({ ...facts, version: 3, status: 'Verified', openedAt });
  });

  test('that comes after a newer one, or twice, changes nothing and is no error', async () => {
    const id = randomUUID();
    await openProjection(database, id, run, facts, progress(0));
    await project(database, id, run, 5, progress(5));
    await project(database, id, run, 4, progress(4));
    await project(database, id, run, 5, progress(4));
    expect(await findVerification(database, id)).toMatchObject({ version: 5, timesTried: 5 });
  });

  test('never gives way to an older one, in whatever order 20 of them arrive', async () => {
    const id = randomUUID();
    await openProjection(database, id, run, facts, progress(0));
    const versions = Array.from({ length: 20 }, (_, n) => ((n * 7) % 20) + 2);
    let seen = 0;
    const watching = eventually('the newest version', async () => {
      const version = (await findVerification(database, id))?.version ?? 0;
      expect(version).toBeGreaterThanOrEqual(seen);
      seen = version;
      return version === 21;
    });
    await Promise.all(versions.map((version) => project(database, id, run, version, progress(version - 1))));
    await watching;
    expect(await findVerification(database, id)).toMatchObject({ version: 21, timesTried: 20 });
  });
});

test('several are found in one look-up, those that are there', async () => {
  const ids = [randomUUID(), randomUUID()];
  for (const id of ids) await openProjection(database, id, run, facts, progress(0));
  const found = await findVerifications(database, [...ids, randomUUID()]);
  expect(found.map(({ _id }) => _id).sort()).toEqual([...ids].sort());
  expect(await findVerification(database, randomUUID())).toBeNull();
});

describe('another run of the workflow', () => {
  const decided = ['Verified', 'Failed', 'Expired', 'Cancelled'] as const;
  const again = { id: 'run-2', reset: false };
  const reset = { id: 'run-2', reset: true };

  test.each(decided.flatMap((status) => [again, reset].map((other) => [status, other] as const)))(
    'changes nothing of one that is %s: %o',
    async (status, other) => {
      const id = randomUUID();
      await openProjection(database, id, run, facts, progress(0));
      await project(database, id, run, 3, { ...progress(2), status });
      const before = await findVerification(database, id);
      expect(await openProjection(database, id, other, facts, progress(5))).toMatchObject({ written: 'another' });
      expect(await project(database, id, other, 9, { ...progress(5), status: 'Expired' })).toBe('another');
      expect(await restoreProjection(database, id, other, 9, facts, progress(5))).toBe('another');
      expect(await findVerification(database, id)).toEqual(before);
      expect(await isAnothers(database, id, other.id)).toBe(true);
      expect(await isAnothers(database, id, run.id)).toBe(false);
      // Its own run still settles and tells.
      expect(await project(database, id, run, 4, { ...progress(2), status })).toBe('mine');
      expect(await findVerification(database, id)).toMatchObject({ version: 4, status });
    },
  );

  test.each([again, reset])('changes nothing of a start that was refused: %o', async (other) => {
    const id = randomUUID();
    await project(database, id, run, 2, { ...progress(0), outcome: 'refused', refusal: 'insufficientBalance' });
    const before = await findVerification(database, id);
    expect(await openProjection(database, id, other, facts, progress(0))).toMatchObject({ written: 'another' });
    expect(await project(database, id, other, 3, progress(0))).toBe('another');
    expect(await findVerification(database, id)).toEqual(before);
  });

  test('that began anew does not go on with one that is pending', async () => {
    const id = randomUUID();
    await openProjection(database, id, run, facts, progress(0));
    expect(await openProjection(database, id, again, facts, progress(0))).toMatchObject({ written: 'another' });
    expect(await project(database, id, again, 7, progress(3))).toBe('another');
    expect(await findVerification(database, id)).toMatchObject({ version: 1, run: 'run-1' });
  });

  test('that was reset goes on with one that is pending, above its version, where it knows of every try', async () => {
    const id = randomUUID();
    await openProjection(database, id, run, facts, progress(0));
    await project(database, id, run, 6, progress(2));
    expect(await project(database, id, reset, 3, progress(1))).toBe('another');
    expect(await project(database, id, reset, 3, progress(2))).toEqual({ taken: 7 });
    expect(await project(database, id, reset, 8, { ...progress(3), status: 'Verified' })).toBe('mine');
    expect(await project(database, id, run, 99, progress(9))).toBe('another');
    expect(await findVerification(database, id)).toMatchObject({ version: 8, status: 'Verified', run: 'run-2' });
  });
});
