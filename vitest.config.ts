// Kinds of tests: pure ones need nothing and share their processes; those that mock modules have one each; system ones share a
// Temporal and a MongoDB server started once; those of SMPP start an SMSC each. What takes from minutes to half an hour runs only
// when it is asked for: the soak (`npm run soak`), and fuzzing, floods and measurements (`npm run test:long`), of which the others
// run small shares.
import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const system = [
  'test/store/**/*.test.ts',
  'test/system/**/*.test.ts',
  'test/workflows/**/*.test.ts',
  'test/worker/**/*.test.ts',
];

const smsc = ['test/smsc/**/*.test.ts'];

/** Files that put something else in a module's place: what others of their process have imported would be left as it is. */
const mocking = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && readFileSync(`test/${file}`, 'utf8').includes('vi.mock('))
  .map((file) => `test/${file}`);

const soak = 'test/system/soak.test.ts';
const soaking = process.env.SOAK_OPERATIONS !== undefined;

const long = process.env.TEST_LONG === undefined ? [] : ['test/long/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    // On two cores: the longest files wait more than they work.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'pure',
          include: ['test/**/*.test.ts'],
          exclude: [...system, ...smsc, ...mocking, 'test/long/**'],
          // Files share what they import: that is most of their time.
          isolate: false,
          setupFiles: ['test/support/fail-on-print.ts'],
          // A busy machine may be slow, not wrong.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'mocking',
          include: mocking,
          exclude: [...system, ...smsc, 'test/long/**'],
          setupFiles: ['test/support/fail-on-print.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'system',
          include: soaking ? [soak] : system,
          exclude: soaking ? [] : [soak],
          globalSetup: ['test/support/servers.ts'],
          setupFiles: ['test/support/fail-on-print.ts'],
          // Tests of one file that run at the same time wait together; resends wait longest, and there are six.
          maxConcurrency: 6,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'smsc',
          include: soaking ? [] : smsc,
          setupFiles: ['test/support/fail-on-print.ts'],
          testTimeout: 60_000,
          // The first time on a machine its library is fetched and its classes are compiled.
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'long',
          include: long,
          globalSetup: ['test/support/servers.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
