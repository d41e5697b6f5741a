// Two kinds of tests: pure ones need nothing; system ones share a Temporal and a MongoDB server started once.
import { defineConfig } from 'vitest/config';

const system = [
  'test/store/**/*.test.ts',
  'test/system/**/*.test.ts',
  'test/workflows/**/*.test.ts',
  'test/worker/**/*.test.ts',
];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'pure',
          include: ['test/**/*.test.ts'],
          exclude: system,
          setupFiles: ['test/support/fail-on-print.ts'],
        },
      },
      {
        test: {
          name: 'system',
          include: system,
          globalSetup: ['test/support/servers.ts'],
          setupFiles: ['test/support/fail-on-print.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
