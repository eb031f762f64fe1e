import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { outcomeOf } from '../../report/check/counts.ts';
import type { CheckReport } from '../../report/check/report.ts';
import { Workplace } from '../testing/command-line.ts';
import type { CheckArguments } from './arguments.ts';
import { checkFolder, printed } from './check.ts';
import { mesh } from './testing/mesh.ts';
import { plainCheck } from './testing/plain-check.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

mkdirSync(join(workplace.folder, 'shop'));
workplace.write('shop/compose.yaml', 'services:\n  web:\n    image: example/web:1.4.2\n');
mkdirSync(join(workplace.folder, 'empty'));
mkdirSync(join(workplace.folder, 'mesh'));
workplace.write('mesh/payments.yaml', mesh);

describe('seaworthy check', () => {
  it('says that it has found nothing to read, which is no success', async () => {
    const { code, stdout, stderr } = await workplace.run(['check', 'empty']);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toContain('nothing that is known here');
  });

  it('fails where a file is broken, and does not count it as read', async () => {
    mkdirSync(join(workplace.folder, 'broken'));
    workplace.write('broken/compose.yaml', 'services:\n  web: { image: example/web:1\n');
    const report = await reportOf('broken');
    expect(outcomeOf(report)).toBe('fail');
    expect(report.read).toEqual([]);
    // As a finding, and not as a remark as well.
    const text = printed(report, plainCheck);
    expect(text).toContain('IN01 a file that cannot be read');
    expect(text).not.toContain('NOT UNDERSTOOD');
  });

  it('knows the folder', async () => {
    await expect(reportOf('nowhere')).rejects.toThrow('there is no such file or folder');
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
  ] as const)('prints as %s', async (format, pattern) => {
    expect(printed(await reportOf('shop'), { ...plainCheck, format })).toMatch(pattern);
  });

  it('names files as seen from where it was called', async () => {
    const { stdout } = await workplace.run(['check', './shop/', '--format', 'json']);
    const { read } = JSON.parse(stdout) as { read: unknown };
    expect(read).toEqual([{ file: 'shop/compose.yaml', as: 'compose' }]);
  });
});

/** What a check of a folder of the workplace comes to. */
function reportOf(folder: string, options: Partial<CheckArguments> = {}): Promise<CheckReport> {
  return checkFolder(join(workplace.folder, folder), { ...plainCheck, ...options });
}

/** What it says of the rules that the fixture is about. */
async function checked(folder: string, options: Partial<CheckArguments> = {}) {
  const report = await reportOf(folder, options);
  const { findings, setAside, notes } = report.assessment;
  const about = ({ rule }: { readonly rule: string }) => rule === 'RT01' || rule === 'RT07';
  return {
    outcome: outcomeOf(report),
    notes: notes.map((note) => note.replace(`${workplace.folder}/`, '')),
    counting: findings.filter(about).map(({ rule }) => rule),
    aside: setAside
      .filter(({ finding }) => about(finding))
      .map(({ by, finding }) => `${finding.rule} ${by}`),
  };
}

describe('findings', () => {
  it('are printed with their place, why, numbers and what would pass', async () => {
    const { code, stdout, stderr } = await workplace.run(['check', 'mesh']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const [first] = stdout.split('\n\n');
    expect(first).toMatchInlineSnapshot(`
      "mesh/payments.yaml:39:28  high  RT07 retries without a timeout for each attempt
        web -> payments: istio makes up to 6 attempts within 2 s, and the first may
        take 2 s
        The first attempt that hangs uses up all the time, and no other is ever made.
        attempts of web -> payments               6    mesh/payments.yaml:39
        timeout of web -> payments                2 s  mesh/payments.yaml:38
        timeout of an attempt of web -> payments  2 s  mesh/payments.yaml:38
        passes     a timeout below 333 ms for each attempt
        more       seaworthy explain RT07"
    `);
    expect(stdout).toMatch(/^FAIL {2}\d+ findings: .*1 high/m);
  });

  it('fail from the severity on that was asked for', async () => {
    expect(await checked('mesh')).toMatchObject({ outcome: 'fail', counting: ['RT07', 'RT01'] });
    expect(await checked('mesh', { failOn: 'critical' })).toMatchObject({ outcome: 'pass' });
  });

  it('are set aside by a comment at their place until a day', async () => {
    const comment = '# seaworthy-ignore RT01, RT07 until 2999-12-31: it answers in 3 ms';
    mkdirSync(join(workplace.folder, 'commented'));
    workplace.write('commented/a.yaml', mesh.replace('attempts: 5 }', `attempts: 5 } ${comment}`));
    expect(await checked('commented')).toMatchObject({
      counting: [],
      aside: ['RT07 ignore', 'RT01 ignore'],
    });
  });

  it('are set aside by the file beside, but no longer than it says', async () => {
    mkdirSync(join(workplace.folder, 'beside'));
    workplace.write('beside/a.yaml', mesh);
    workplace.write(
      'beside/seaworthy-ignore.yaml',
      '- { rule: RT07, subject: web -> *, reason: next week, until: 2020-01-01 }\n' +
        '- { rule: RT01, reason: few retries, until: 2999-12-31 }\n',
    );
    expect(await checked('beside')).toEqual({
      outcome: 'fail',
      counting: ['RT07'],
      aside: ['RT01 ignore'],
      notes: [
        'beside/seaworthy-ignore.yaml:1:3 RT07 web -> payments was ignored until 2020-01-01: next week',
      ],
    });
  });

  it('are accepted by a baseline, new ones are not', async () => {
    const write = await workplace.run(['check', 'mesh', '--write-baseline', 'accepted.json']);
    expect(write.code).toBe(0);
    expect(write.stdout).toMatch(/^wrote accepted\.json: \d+ accepted\n$/);
    const accepted = { baseline: join(workplace.folder, 'accepted.json') };
    // It was written with the names that the command line has.
    const real = await workplace.run(['check', 'mesh', '--baseline', 'accepted.json']);
    expect(real.code).toBe(0);
    expect(await checked('mesh', accepted)).toEqual({
      outcome: 'pass',
      counting: [],
      aside: ['RT07 baseline', 'RT01 baseline'],
      notes: [],
    });
    workplace.write('none.json', '{"schema":1,"accepted":[]}');
    const none = { baseline: join(workplace.folder, 'none.json') };
    expect((await checked('mesh', none)).outcome).toBe('fail');
    workplace.write('wrong.json', 'RT07');
    const wrong = await workplace.run(['check', 'mesh', '--baseline', 'wrong.json']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toBe(
      'error: wrong.json is no baseline\nseaworthy check --write-baseline wrong.json writes one\n',
    );
  });
});
