import { defineConfig } from 'vitest/config';

/** All tests of the page in a real browser: `npm run test:page`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    // One browser at a time: they share two cores with what they measure.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
