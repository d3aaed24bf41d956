import { defineConfig } from 'vitest/config'

/** What is waited for comes when it comes; a busy machine is no fault. */
const patient = { poll: { timeout: 10_000 } }

/** Rules beside their files, promises between parts in `tests/`, what people see in a real Chromium. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,server,widget,demo}/src/**/*.test.ts'],
          expect: patient,
        },
      },
      {
        test: {
          name: 'system',
          expect: patient,
          include: ['tests/{journeys,laws,stores,budget,bench}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // One world at a time: a fault run measures what it does to the server, not to its neighbours.
        test: {
          name: 'faults',
          expect: patient,
          include: ['tests/faults/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          expect: patient,
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: 'tests/support/need-chromium.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
