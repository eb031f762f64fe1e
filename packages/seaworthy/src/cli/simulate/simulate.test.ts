import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { pageWidth, widthOf } from '../../report/width.ts';
import { Workplace } from '../testing/command-line.ts';
import { shop } from '../testing/models.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

workplace.write('seaworthy.yaml', shop);

/** How fast it ran depends on the machine. */
function withoutSpeed(text: string): string {
  return text.replaceAll(/, [\d.,]+ times real time/g, '');
}

describe('seaworthy simulate', () => {
  it('runs every scenario, tells each verdict, and sums up', async () => {
    const { code, stdout, stderr } = await workplace.run(['simulate', '--progress', 'none']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(withoutSpeed(stdout)).toMatchInlineSnapshot(`
      "FAIL  "web success > 99%" fails with 76 %.
            shop, scenario outage

      OBJECTIVES                          observed       replications           margin
      ✗ web success > 99%                     76 %                     24.2x the limit
        first broken at 10 s, in 2 of 2 replications

      TRAFFIC                offered   goodput   success  fallback    failed  rejected
      people                    99/s    74.9/s      76 %       0 %      24 %       0 %

      LATENCY                p50      p90      p99    p99.9      max  p99 over time
      people               20 ms    20 ms    20 ms        –    20 ms  █████×××████████
                                                              faults      ━━━━

      EDGES                effective    actual attempts      p99  wait p99   in flight
      people -> web             76 %      76 %        1    20 ms      0 ms          10

      RUN
      seeds      1 to 2
      simulated  40 s each
      record     .seaworthy/runs/shop-outage-2
                 seed 2, the worst
      again      $ seaworthy simulate seaworthy.yaml --scenario outage --seed 1 \\
                   --replications 2


      PASS  The objective holds in all 2 replications, through the fault at 10 s.
            shop, scenario breeze

      OBJECTIVES                          observed       replications           margin
      ✓ web success > 99%                    100 %                      100 % to spare

      TRAFFIC                offered   goodput   success  fallback    failed  rejected
      people                    99/s    98.9/s     100 %       0 %       0 %       0 %

      LATENCY                p50      p90      p99    p99.9      max  p99 over time
      people             20.1 ms    40 ms    40 ms        –    40 ms  ▅▅▅▅█████▅▅▅▅▅▅▅
                                                              faults      ━━━━

      EDGES  1 calm edge not shown: see --all

      RUN
      seeds      1 to 2
      simulated  40 s each
      record     .seaworthy/runs/shop-breeze-1
                 seed 1, the worst
      again      $ seaworthy simulate seaworthy.yaml --scenario breeze --seed 1 \\
                   --replications 2

      SUMMARY
      ✗ outage                                     0 of 1 held     no findings
        "web success > 99%" fails with 76 %.
      ✓ breeze                                     1 of 1 held     no findings
        The objective holds in all 2 replications, through the fault at 10 s.
      "
    `);
  });

  it('tells each of several files in short, and exits with the worst', async () => {
    workplace.write(
      'calm.yaml',
      shop.replace('shop', 'calm-shop').replace(/^scenarios:.*(?=^obj)/ms, ''),
    );
    const { code, stdout } = await workplace.run(['simulate', 'calm.yaml', 'seaworthy.yaml']);
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "calm.yaml
      ✓ calm                                       1 of 1 held     no findings
        The objective holds in all 2 replications.

      seaworthy.yaml
      ✗ outage                                     0 of 1 held     no findings
        "web success > 99%" fails with 76 %.
      ✓ breeze                                     1 of 1 held     no findings
        The objective holds in all 2 replications, through the fault at 10 s.
      "
    `);
    expect(existsSync(join(workplace.folder, '.seaworthy/runs/calm-shop-calm-1/run.json'))).toBe(
      true,
    );
  });

  it('runs one scenario, and exits with 0 when it passes', async () => {
    const { code, stdout } = await workplace.run([
      'simulate',
      '--scenario',
      'breeze',
      '--out',
      'kept',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PASS /);
    expect(existsSync(join(workplace.folder, 'kept/run.json'))).toBe(true);
  });

  it('exits with 3 when there is too little to tell', async () => {
    const words = ['simulate', '--scenario', 'calm', '--for', '1s', '--replications', '1'];
    const { code, stdout } = await workplace.run(words);
    expect(code).toBe(3);
    expect(withoutSpeed(stdout)).toMatchInlineSnapshot(`
      "INCONCLUSIVE  Not enough to tell: "web success > 99%" needs 300 samples and has
                    105: run for 4 s or longer.
                    shop, scenario calm

      OBJECTIVES                          observed       replications           margin
      ? web success > 99%                    100 %                      100 % to spare
        needs 300 samples and has 105: run for 4 s or longer

      TRAFFIC                offered   goodput   success  fallback    failed  rejected
      people                   109/s     105/s     100 %       0 %       0 %       0 %

      LATENCY                p50      p90      p99    p99.9      max  p99 over time
      people               20 ms    20 ms        –        –    20 ms  █

      EDGES  1 calm edge not shown: see --all

      RUN
      seed       1
      simulated  1 s
      record     .seaworthy/runs/shop-calm-1
      again      $ seaworthy simulate seaworthy.yaml --scenario calm --for 1s \\
                   --seed 1 --replications 1
      "
    `);
  });

  it('prints the same whatever is printed before, and writes where it is told to', async () => {
    const words = ['simulate', '--seed', '5', '--replications', '1', '--scenario', 'outage'];
    const first = await workplace.run([...words, '--out', 'here']);
    const second = await workplace.run([...words, '--out', 'here']);
    expect(withoutSpeed(second.stdout)).toBe(withoutSpeed(first.stdout));
    expect(existsSync(join(workplace.folder, 'here/run.json'))).toBe(true);
  });

  it('prints JSON and nothing else when asked to', async () => {
    const words = ['simulate', '--format', 'json', '--progress', 'json', '--for', '30s'];
    const { code, stdout, stderr } = await workplace.run(words);
    expect(code).toBe(1);
    const report = JSON.parse(stdout) as { outcome: string; scenarios: { scenario: string }[] };
    expect(report.outcome).toBe('fail');
    expect(report.scenarios.map((each) => each.scenario)).toEqual(['outage', 'breeze']);
    const events = stderr.trimEnd().split('\n');
    const kinds = events.map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds.filter((kind) => kind !== 'sample')).toEqual([
      'scenario-began',
      'scenario-ended',
      'scenario-began',
      'scenario-ended',
    ]);
  });

  it('has colours when they are forced, and keeps to 80 columns', async () => {
    const words = ['simulate', '--scenario', 'outage', '--all', '--replications', '1'];
    const coloured = await workplace.run(words, { FORCE_COLOR: '1' });
    expect(coloured.stdout).toContain('\u001B[31mFAIL');
    const plain = await workplace.run([...words, '--no-color'], { FORCE_COLOR: '1' });
    expect(plain.stdout).toMatch(/^FAIL {2}/);
    const tooLong = plain.stdout.split('\n').filter((line) => widthOf(line) > pageWidth);
    expect(tooLong).toEqual([]);
  });

  it('draws progress on a terminal and clears it away', async () => {
    const words = ['simulate', '--progress', 'tty', '--for', '2000s', '--scenario', 'calm'];
    const { stderr } = await workplace.run(words);
    expect(stderr).toContain('calm  ━');
    expect(stderr).toContain('attempts per task 1\n');
    // Up over the last block, clear to the end of the screen, and the cursor is back.
    // oxlint-disable-next-line no-control-regex
    expect(stderr).toMatch(/\u001B\[\dA\r\u001B\[J\u001B\[\?25h$/);
  });
});

describe('what is wrong with the command line', () => {
  it.each([
    [
      ['--scenario', 'outige'],
      'option --scenario: shop has no scenario "outige"\ndid you mean "outage"?',
    ],
    [
      ['--format', 'xml'],
      "option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json.\nsee seaworthy simulate --help",
    ],
    [
      ['none.yaml'],
      'cannot read none.yaml: there is no such file\nseaworthy init writes a first one',
    ],
    [['.'], 'cannot read .: it is a folder'],
    [
      ['--scenario', 'calm', '--out', 'seaworthy.yaml'],
      'cannot write the record to seaworthy.yaml: there is a file of this name',
    ],
    [
      ['--scenario', 'calm', '--out', '.'],
      '. has files in it that are no run record: a record goes into an empty folder, ' +
        'or in place of another record',
    ],
  ])('is told of %j', async (words, message) => {
    const { code, stdout, stderr } = await workplace.run(['simulate', ...words]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${message}\n`,
    });
  });

  it('is told of a run that ends before the warm-up does', async () => {
    workplace.write('warm.yaml', shop.replace('for: 40s', 'for: 40s, warmUp: 10s'));
    const { code, stderr } = await workplace.run(['simulate', 'warm.yaml', '--for', '5s']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: option --for: "5s" is not longer than the warm-up of 10 s\n/);
  });
});
