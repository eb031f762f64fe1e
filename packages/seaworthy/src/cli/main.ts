#!/usr/bin/env node
import { ExitCode } from './exit-code.ts';
import { reportFailure } from './failure.ts';
import { buildProgram } from './program.ts';
import { readVersion } from './version.ts';

// Whoever reads the report may stop reading, as `head` does: that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? (process.exitCode ?? ExitCode.ok) : ExitCode.internal);
  });
}

const version = readVersion();
try {
  await buildProgram(version).parseAsync();
} catch (error) {
  process.exitCode = await reportFailure(error, version);
}
