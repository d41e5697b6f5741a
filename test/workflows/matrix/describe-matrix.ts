// Plays the matrix for kinds of carriers on the time-skipping server.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { parseKeyRing } from '../../../secrets/key-ring.ts';
import { type Database, openDatabase } from '../../../store/database.ts';
import { drawKey } from '../../support/stack.ts';
import { startTimeSkipping, type TimeSkipping } from '../../support/time-skipping.ts';
import { casesOf, expected, titleOf } from './cases.ts';
import { createRun, type MatrixRun } from './run.ts';
import type { Subject } from './subject.ts';

/** One server for all of them, since a process has one. @param subjects by names as carriers have them */
export function describeMatrix(subjects: Readonly<Record<string, Subject>>): void {
  const ring = parseKeyRing(JSON.stringify({ keys: [drawKey('k1')] }));
  const runs = new Map<string, MatrixRun>();
  let database: Database;
  let server: TimeSkipping;

  beforeAll(async () => {
    database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
    for (const [kind, subject] of Object.entries(subjects)) runs.set(kind, await createRun(kind, subject));
    const carriers = [...runs.values()].flatMap(({ carriers }) => [...carriers.values()].map(({ carrier }) => carrier));
    server = await startTimeSkipping(database, ring, [], carriers);
  });
  afterAll(async () => {
    await server?.stop();
    for (const { carriers } of runs.values()) {
      for (const { carrier, stop } of carriers.values()) {
        await carrier.close?.();
        await stop?.();
      }
    }
    await database?.close();
  });

  test.each(Object.entries(subjects))(
    'a message of every case through %s is sent, charged and ended as its outcomes and receipts say',
    async (kind, subject) => {
      const found = await runs.get(kind)?.play({ ring, database, environment: server.environment });
      expect(found).toEqual(
        casesOf(subject).map((each) => {
          const right = expected(each, subject.looksUp);
          return { title: titleOf(each), ...right, movements: ['reserve', right.charged > 0 ? 'charge' : 'release'] };
        }),
      );
    },
  );
}
