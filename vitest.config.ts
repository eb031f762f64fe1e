import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.{test,props}.ts',
      'tests/**/*.test.ts',
      'packages/page/browser/smoke.test.ts',
    ],
    setupFiles: ['tests/properties.setup.ts'],
    // No test changes what another one sees, so files need no process of their own: half the time.
    pool: 'threads',
    isolate: false,
    // One more than cores: tests at real sockets and processes wait most of their time.
    maxWorkers: availableParallelism() + 1,
    // Virtual time costs nothing: a test that takes longer waits for something that will not come.
    testTimeout: 60_000,
  },
});
