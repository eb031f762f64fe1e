import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.{test,props}.ts', 'tests/**/*.test.ts'],
    // A test that takes longer waits for something that will not come; virtual time costs nothing.
    testTimeout: 30_000,
  },
});
