import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import type { Finished } from './testing/command-line.ts';

const failure = fileURLToPath(new URL('../../dist/cli/failure.js', import.meta.url));

/** What a process prints, and ends with, that meets an error nobody foresaw. */
function meet(environment: Readonly<Record<string, string>>): Promise<Finished> {
  const script = `
    const { reportFailure } = await import(${JSON.stringify(failure)});
    const error = Object.assign(new Error('the sea is dry'), { seed: 42 });
    process.exitCode = await reportFailure(error, '1.2.3');
  `;
  const words = ['--input-type=module', '--eval', script];
  const env = { ...process.env, SEAWORTHY_DEBUG: '', ...environment };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, words, { env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

describe('an internal error', () => {
  it('says what to report, without a stack trace', async () => {
    const { code, stdout, stderr } = await meet({});
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toBe(
      [
        'error: internal error: the sea is dry',
        'This is a defect of Seaworthy. Please report it with the file, this command line, and:',
        `  seaworthy 1.2.3, node ${process.version}, ${process.platform} ${process.arch}, seed 42`,
        '  and what it prints with SEAWORTHY_DEBUG=1 set\n',
      ].join('\n'),
    );
  });

  it('has a stack trace when asked to', async () => {
    const { stderr } = await meet({ SEAWORTHY_DEBUG: '1' });
    expect(stderr).toContain('Error: the sea is dry\n    at ');
  });
});
