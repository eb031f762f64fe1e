import { defineConfig } from 'vite';

import { oneFile } from './build/one-file.ts';

/** The app becomes one file, which ships with the command line. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  logLevel: 'warn',
  plugins: [oneFile('page.html')],
  build: {
    outDir: '../seaworthy/dist',
    // The compiler writes there as well.
    emptyOutDir: false,
    license: { fileName: 'page-licenses.md' },
    // DecompressionStream, `:has`, `color-mix`: every browser since 2023.
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 1e6,
    reportCompressedSize: false,
  },
});
