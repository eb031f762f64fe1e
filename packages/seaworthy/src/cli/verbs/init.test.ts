import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { starter } from '../starter.ts';
import { Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

describe('seaworthy init', () => {
  it('writes a model that can be run', async () => {
    expect(await workplace.run(['init'])).toEqual({
      code: 0,
      stdout: 'wrote seaworthy.yaml\nnext: seaworthy simulate\n',
      stderr: '',
    });
  });

  it('writes a model that fails, and passes with the change its verdict proposes', async () => {
    const before = await workplace.run(['simulate', '--replications', '1', '--progress', 'none']);
    expect(before.code).toBe(1);
    const [, limit] =
      / services:\n +payments:\n +\+ +queue: \{ limit: (\d+) \}\n/.exec(before.stdout) ?? [];
    const queue = `concurrency: 16\n    queue: { limit: ${limit} }\n`;
    workplace.write('changed.yaml', starter.replace('concurrency: 16\n', queue));
    const words = ['simulate', 'changed.yaml', '--replications', '1', '--no-try'];
    const after = await workplace.run(words);
    expect(after.code).toBe(0);
  });

  it('writes it where it is told to', async () => {
    const { stdout } = await workplace.run(['init', 'other.yaml']);
    expect(stdout).toBe('wrote other.yaml\nnext: seaworthy simulate other.yaml\n');
  });

  it('never overwrites a file', async () => {
    workplace.write('mine.yaml', 'my work');
    expect(await workplace.run(['init', 'mine.yaml'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: mine.yaml exists already, and init never overwrites\n' +
        'name another file: seaworthy init other.yaml\n',
    });
    expect(readFileSync(join(workplace.folder, 'mine.yaml'), 'utf8')).toBe('my work');
  });

  it('says when there is no folder to write to', async () => {
    expect((await workplace.run(['init', 'no/where.yaml'])).stderr).toBe(
      'error: cannot write no/where.yaml: there is no such file or folder\n',
    );
  });
});
