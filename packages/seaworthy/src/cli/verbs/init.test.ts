import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

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
    expect((await workplace.run(['explain'])).code).toBe(0);
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
