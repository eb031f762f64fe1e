#!/usr/bin/env node
// Apart from `dist`, so that npm can link the command in a clone before the first build.
import { existsSync } from 'node:fs';

const main = new URL('../dist/bundle/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error('seaworthy is not built yet: run `npm run build` first.');
  process.exitCode = 70;
}
