import { defineConfig } from 'vitest/config';

/** A unit test touches no server; one that has to wait this long hangs. */
const UNIT_TIMEOUT_MS = 20_000;
/** Temporal, Chromium, Dovecot and SQL-Ledger start inside these on two busy cores. */
const SERVER_TIMEOUT_MS = 180_000;

/** The longest full form: a hundred invoices into a real application with twenty kills between. No short form takes half of the other. */
const SUITE_TIMEOUT_MS = process.env['ZAPLECZE_FULL'] ? 3_600_000 : 900_000;

const servers = { testTimeout: SERVER_TIMEOUT_MS, hookTimeout: SERVER_TIMEOUT_MS };

/**
 * Three tiers for every change. `unit`: `x.test.ts` beside `x.ts`, no server. `engine`: `x.engine.test.ts`, workflows on
 * a real Temporal server. `journey`: `tests/journeys/*.test.ts`, whole jobs on real servers. And `suite`:
 * `tests/suites/**`, what takes minutes (`npm run suite`), with a short form that CI runs.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/*.engine.test.ts', 'tests/journeys/**', 'tests/suites/**', 'node_modules/**', '.zaplecze/**'],
          testTimeout: UNIT_TIMEOUT_MS,
          // Two embedded databases start side by side on busy cores.
          hookTimeout: 3 * UNIT_TIMEOUT_MS,
        },
      },
      {
        test: {
          name: 'engine',
          include: ['**/*.engine.test.ts'],
          exclude: ['node_modules/**', '.zaplecze/**'],
          maxWorkers: 1,
          ...servers,
        },
      },
      {
        test: {
          name: 'journey',
          include: ['tests/journeys/**/*.test.ts'],
          maxWorkers: 1,
          fileParallelism: false,
          ...servers,
        },
      },
      {
        test: {
          name: 'suite',
          include: ['tests/suites/**/*.test.ts'],
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: SUITE_TIMEOUT_MS,
          hookTimeout: SERVER_TIMEOUT_MS,
        },
      },
    ],
  },
});
