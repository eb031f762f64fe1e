import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Verdict } from '../../judge/verdict.ts';
import { Workplace } from '../testing/command-line.ts';
import { storm } from '../testing/models.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

workplace.write('seaworthy.yaml', storm);

async function simulated(...more: readonly string[]) {
  const words = ['simulate', '--format', 'json', '--progress', 'json', ...more];
  const { code, stdout, stderr } = await workplace.run(words);
  const [scenario] = (JSON.parse(stdout) as { scenarios: { verdict: Verdict }[] }).scenarios;
  const events = stderr.trimEnd().split('\n');
  const told = events.map((line) => JSON.parse(line) as { kind: string; change?: string });
  return { code, ...scenario!.verdict, told };
}

describe('the changes that findings suggest', () => {
  let first: Awaited<ReturnType<typeof simulated>>;
  beforeAll(async () => {
    first = await simulated();
  }, 60_000);

  it('are simulated with the same seeds, and told while they are', () => {
    const { code, findings, told } = first;
    expect(code).toBe(1);
    const storms = findings.find(({ id }) => id === 'retry-storm');
    expect(storms?.changes[0]).toMatchObject({
      edits: [
        {
          path: ['calls', 'web -> payments', 'retry', 'budget'],
          value: { share: '10%', floor: '1/s' },
        },
      ],
      difference: [
        ' calls:',
        '   web -> payments:',
        '-    retry: 3',
        '+    retry: { attempts: 3, budget: { share: 10%, floor: 1/s } }',
      ],
      tried: { effect: 'solves', replications: 2, still: null },
    });
    const began = told.filter(({ kind }) => kind === 'change-began');
    expect(began.map(({ change }) => change)).toContain(
      'calls."web -> payments".retry.budget = { share: 10%, floor: 1/s }',
    );
    expect(told.at(-1)).toMatchObject({ kind: 'scenario-ended' });
  });

  it('do in the file what is said of them', async () => {
    const [change] = first.findings.find(({ id }) => id === 'retry-storm')!.changes;
    workplace.write(
      'changed.yaml',
      storm.replace('retry: 3', 'retry: { attempts: 3, budget: { share: 10%, floor: 1/s } }'),
    );
    const { objectives, outcome } = await simulated('changed.yaml', '--no-try');
    expect(change?.tried?.outcome).toBe(outcome);
    for (const { text, after } of change!.tried!.objectives) {
      expect(objectives.find((objective) => objective.text === text)).toMatchObject(after);
    }
  });

  it('leave the verdict as it is when they are interrupted', async () => {
    const words = ['simulate', '--progress', 'json'];
    let asked = false;
    const { code, stdout } = await workplace.run(words, {}, (stderr, interrupt) => {
      if (asked || !stderr.includes('change-began')) return;
      asked = true;
      interrupt();
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/^FAIL {2}/);
    expect(stdout).toContain('   change ');
    expect(stdout).not.toContain('   tried ');
  });

  it('are only told when nothing else is wanted', async () => {
    const { findings, told } = await simulated('--no-try');
    const changes = findings.flatMap((finding) => finding.changes);
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.every(({ tried }) => tried === null)).toBe(true);
    expect(told.some(({ kind }) => kind === 'change-began')).toBe(false);
  });
});
