import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

mkdirSync(join(workplace.folder, 'shop'));
workplace.write('shop/compose.yaml', 'services:\n  web:\n    image: example/web:1.4.2\n');
mkdirSync(join(workplace.folder, 'empty'));

describe('seaworthy check', () => {
  it('says that it has found nothing to read, which is no success', async () => {
    const { code, stdout, stderr } = await workplace.run(['check', 'empty']);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toContain('nothing that is known here');
  });

  it('knows the folder', async () => {
    const { code, stderr } = await workplace.run(['check', 'nowhere']);
    expect(code).toBe(2);
    expect(stderr).toBe('error: cannot read nowhere: there is no such file or folder\n');
  });

  it('knows its formats and severities', async () => {
    const { code, stderr } = await workplace.run(['check', '--format', 'html']);
    expect(code).toBe(2);
    expect(stderr).toContain('text, json, sarif, github, junit');
  });

  it.each([
    ['json', /^\{\n {2}"schema": 1,/],
    ['sarif', /^\{\n {2}"\$schema": "https:\/\/json\.schemastore\.org\/sarif-2\.1\.0\.json"/],
    ['github', /\d+ files? read\n$/],
    ['junit', /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /],
  ])('prints as %s', async (format, pattern) => {
    const { stdout, stderr } = await workplace.run(['check', 'shop', '--format', format]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(pattern);
  });

  it('names files as seen from where it was called', async () => {
    const { stdout } = await workplace.run(['check', './shop/', '--format', 'json']);
    const { read } = JSON.parse(stdout) as { read: unknown };
    expect(read).toEqual([{ file: 'shop/compose.yaml', as: 'compose' }]);
  });
});
