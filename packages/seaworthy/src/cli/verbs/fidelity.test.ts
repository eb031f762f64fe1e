import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

/** Nothing in it varies, so that what is observed is exact. */
const steady = `seaworthy: 1
name: steady
run: { for: 10s, warmUp: 1s, replications: 2 }
services: { web: { steps: [{ wait: 20ms }] } }
traffic: { people: { to: web, rate: 10/s, arrivals: constant } }
scenarios: { slow: [{ at: 0s, slow: web, by: 2x }] }
environments: { far: { calls: { people -> web: { network: { latency: 15ms } } } } }
expectations:
`;
const calm = '  - { that: web mean = 20ms, within: 1%, source: the file }\n';
const both =
  '  - { scenario: slow, environment: far, that: web mean = 70ms, within: 1%, source: the file }\n';
const wrong = '  - { that: web mean = 21ms, within: 1%, source: a mistake }\n';

mkdirSync(join(workplace.folder, 'fidelity', 'long'), { recursive: true });
workplace.write('fidelity/one.yaml', steady + calm + both);
workplace.write('fidelity/long/two.yaml', steady + wrong);
workplace.write('fidelity/notes.md', 'not a model');

describe('seaworthy fidelity', () => {
  it('runs each scenario and environment that is asked for', async () => {
    const { code, stdout, stderr } = await workplace.run(['fidelity', '--short']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = stdout.split('\n').map((row) => row.trim().split(/ {2,}/));
    expect(rows).toContainEqual(['web mean', '20 ms', '20 ms ± 0 ms', '+0.00 %', 'ok']);
    expect(rows).toContainEqual(['slow + far: web mean', '70 ms', '70 ms ± 0 ms', '+0.00 %', 'ok']);
    expect(stdout).toContain('2 expectations, 0 out');
  });

  it('fails for a row that is out, and says who expected it', async () => {
    const { code, stdout } = await workplace.run(['fidelity']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/21 ms +20 ms ± 0 ms +-4.76 % +OUT\n +a mistake/);
    expect(stdout).toContain('3 expectations, 1 out');
    expect(stdout.split('\n').filter((row) => row.length > 80)).toEqual([]);
  });

  it('says what is wrong with its paths', async () => {
    const nowhere = await workplace.run(['fidelity', 'nowhere']);
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain('cannot read nowhere: there is no such file or folder');
    mkdirSync(join(workplace.folder, 'empty'));
    const empty = await workplace.run(['fidelity', 'empty']);
    expect(empty.code).toBe(2);
    expect(empty.stderr).toContain('there is no model file in empty');
  });
});
