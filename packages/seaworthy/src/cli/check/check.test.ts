import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { Workplace } from '../testing/command-line.ts';
import { mesh } from './testing/mesh.ts';

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
    const { code, stdout } = await workplace.run(['check', 'broken']);
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "broken/compose.yaml:3:1  high  IN01 a file that cannot be read
        broken/compose.yaml: it was not checked: flow map in block collection must be
        sufficiently indented and end with a }
        Nothing in it was checked, so that none of its findings is here; a deployment
        refuses it as well.
        passes     a file that can be read
        more       seaworthy explain IN01

      read       nothing that is known here

      FAIL  1 finding: 1 high; 0 files read
      again      $ seaworthy check broken
      "
    `);
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

/** What the report for programs says of the rules that the fixture is about. */
async function checked(...words: readonly string[]) {
  const { code, stdout } = await workplace.run(['check', ...words, '--format', 'json']);
  const report = JSON.parse(stdout) as {
    readonly outcome: string;
    readonly notes: readonly string[];
    readonly findings: readonly { readonly rule: string }[];
    readonly setAside: readonly { readonly by: string; readonly finding: { rule: string } }[];
  };
  const about = ({ rule }: { readonly rule: string }) => rule === 'RT01' || rule === 'RT07';
  return {
    code,
    notes: report.notes,
    counting: report.findings.filter(about).map(({ rule }) => rule),
    aside: report.setAside
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
    expect(await checked('mesh')).toMatchObject({ code: 1, counting: ['RT07', 'RT01'] });
    expect(await checked('mesh', '--fail-on', 'critical')).toMatchObject({ code: 0 });
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
      code: 1,
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
    expect(await checked('mesh', '--baseline', 'accepted.json')).toEqual({
      code: 0,
      counting: [],
      aside: ['RT07 baseline', 'RT01 baseline'],
      notes: [],
    });
    workplace.write('none.json', '{"schema":1,"accepted":[]}');
    expect((await checked('mesh', '--baseline', 'none.json')).code).toBe(1);
    workplace.write('wrong.json', 'RT07');
    const wrong = await workplace.run(['check', 'mesh', '--baseline', 'wrong.json']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toBe(
      'error: wrong.json is no baseline\nseaworthy check --write-baseline wrong.json writes one\n',
    );
  });
});
