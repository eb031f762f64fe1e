import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

/** Nothing in it varies, so that what is observed is exact. */
const model = `seaworthy: 1
name: steady
run: { for: 10s, warmUp: 1s, replications: 1 }
services: { web: { steps: [{ wait: 20ms }] } }
traffic: { people: { to: web, rate: 10/s, arrivals: constant } }
objectives: [web p50 < 30ms]
scenarios: { slow: [{ at: 4s, for: 2s, slow: web, by: 2x }] }
`;

describe('seaworthy report', () => {
  let said = '';

  beforeAll(async () => {
    workplace.write('seaworthy.yaml', model);
    const options = ['--out', 'run', '--progress', 'none'];
    said = (await workplace.run(['simulate', ...options])).stdout;
  });

  it('says what the run said', async () => {
    const { code, stdout, stderr } = await workplace.run(['report', 'run']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const before = (text: string): string => text.slice(0, text.indexOf('\nRUN'));
    expect(before(stdout)).toBe(before(said));
    expect(stdout).toContain('again      $ seaworthy report run');
  });

  it('writes one file that has the data in it', async () => {
    const { code, stdout } = await workplace.run(['report', 'run', '--html']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'wrote report.html\n' });
    const page = readFileSync(join(workplace.folder, 'report.html'), 'utf8');
    expect(page).toContain('<title>steady, slow</title>');
    expect(page).toMatch(/<template id="run-data">[\w+/=]{400,}<\/template>/);
    expect(page).not.toMatch(/(src|href)="/);
  });

  it('is written at once where simulate is asked for it, one page for all scenarios', async () => {
    const words = ['simulate', '--scenario', 'slow', '--report', 'at-once.html'];
    const { stderr } = await workplace.run([...words, '--progress', 'none']);
    expect(stderr).toBe('wrote at-once.html\n');
    const page = readFileSync(join(workplace.folder, 'at-once.html'), 'utf8');
    expect(page).toContain('<title>steady, slow</title>');
    const into = await workplace.run(['report', 'run', '--html', 'no/such/folder.html']);
    expect({ ...into, stdout: '' }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: cannot write no/such/folder.html: there is no such file or folder\n',
    });
  });

  it('says what is wrong with a port', async () => {
    const { code, stderr } = await workplace.run(['report', 'run', '--serve', '99999']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: option --serve: "99999" is not a port from 0 to 65535\n',
    });
  });

  it('serves records, not what limits printed', async () => {
    const { code, stderr } = await workplace.run(['report', 'limits.json', '--serve']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: limits.json is shown as a page\nadd --html\n',
    });
  });

  it('says what is wrong with a record', async () => {
    const nowhere = await workplace.run(['report', 'nowhere']);
    expect(nowhere).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: nowhere/run.json does not exist: this is no run record\n',
    });
    const notAFolder = 'error: seaworthy.yaml is a file, and the record of a run is a folder\n';
    for (const more of [[], ['--serve']]) {
      const file = await workplace.run(['report', 'seaworthy.yaml', ...more]);
      expect(file).toEqual({ code: 2, stdout: '', stderr: notAFolder });
    }
    const file = join(workplace.folder, 'run', 'run.json');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.replace('"outcome": "pass"', '"outcome": "fine"'));
    const wrong = await workplace.run(['report', 'run']);
    writeFileSync(file, whole);
    expect(wrong.stderr).toBe(
      'error: run/run.json: verdict.outcome is "fine", ' +
        'expected pass or fail or inconclusive or invalid\n',
    );
    const three = await workplace.run(['report', 'run', 'run', 'run']);
    expect(three.stderr).toBe('error: a report compares two runs, not 3\n');
  });
});
