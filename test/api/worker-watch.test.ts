// Whether a worker is up, by the database's clock alone, remembered for a second.
import { expect, test } from 'vitest';
import { createWorkerWatch } from '../../api/worker-watch.ts';
import type { Database } from '../../store/database.ts';

/** A database whose clock is its own; `lease` says how old the newest lease is there. */
function fakeDatabase(lease: () => number | undefined) {
  const clock = Date.UTC(2001, 0, 1);
  let asked = 0;
  const database = {
    db: { command: async () => ({ localTime: new Date(clock) }) },
    workerLeases: {
      async findOne() {
        asked += 1;
        const age = lease();
        return age === undefined ? null : { _id: 'w', renewedAt: new Date(clock - age) };
      },
    },
  } as unknown as Database;
  return { database, asked: () => asked };
}

test.each([
  [0, true],
  [5_000, true],
  [14_999, true],
  [15_000, false],
  [600_000, false],
  [-3_000, true],
  [undefined, false],
])('a newest lease of %s ms says %s, whatever the clock of this host says', async (age, up) => {
  for (const now of [0, Date.now(), Date.UTC(2100, 0, 1)]) {
    expect(await createWorkerWatch(fakeDatabase(() => age).database, () => now)()).toBe(up);
  }
});

test('ten minutes without a start change nothing: the next one asks anew', async () => {
  let now = 0;
  let age: number | undefined = 2_000;
  const { database } = fakeDatabase(() => age);
  const workerUp = createWorkerWatch(database, () => now);
  expect(await workerUp()).toBe(true);
  now += 600_000;
  expect(await workerUp()).toBe(true);
  age = 600_000;
  now += 600_000;
  expect(await workerUp()).toBe(false);
  age = 0;
  now += 1_000;
  expect(await workerUp()).toBe(true);
});

test('a thousand starts within a second ask once, and one a second later again', async () => {
  let now = 0;
  const { database, asked } = fakeDatabase(() => 0);
  const workerUp = createWorkerWatch(database, () => now);
  await Promise.all(Array.from({ length: 1_000 }, workerUp));
  now = 999;
  await workerUp();
  expect(asked()).toBe(1);
  now = 1_000;
  await workerUp();
  expect(asked()).toBe(2);
});

test('a database that cannot be asked says nothing of workers', async () => {
  const { database } = fakeDatabase(() => {
    throw new Error('away');
  });
  expect(await createWorkerWatch(database)()).toBe(true);
});
