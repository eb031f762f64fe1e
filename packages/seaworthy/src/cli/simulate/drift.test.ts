import { afterAll, describe, expect, it } from 'vitest';

import type { Verdict } from '../../judge/verdict.ts';
import type { AgainstResult } from '../../report/trial.ts';
import { Workplace } from '../testing/command-line.ts';
import { storm } from '../testing/models.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

/** Staging bounds its retries; production has the timeout of calmer days, and no bound. */
const shop = `${storm.replace('retry: 3', 'retry: { attempts: 3, budget: { share: 10% } }')}
environments:
  staging: { services: { payments: { concurrency: 6 } } }
  production:
    services: { payments: { concurrency: 6, balance: random } }
    calls: { web -> payments: { retry: { budget: null } } }
  twin: { services: { payments: { concurrency: 6, balance: random } } }
  two:
    services: { payments: { concurrency: 6, balance: random } }
    calls: { web -> payments: { retry: { attempts: 1, budget: null } } }
`;
workplace.write('seaworthy.yaml', shop);

async function compared(...words: readonly string[]) {
  const all = ['simulate', '--format', 'json', '--replications', '1', '--no-try', ...words];
  const { code, stdout, stderr } = await workplace.run(all);
  if (stdout === '') return { code, stderr, drift: undefined, against: undefined };
  const [scenario] = (
    JSON.parse(stdout) as { scenarios: { verdict: Verdict; against: AgainstResult | null }[] }
  ).scenarios;
  const { verdict, against } = scenario!;
  return { code, stderr, drift: verdict.findings.find(({ id }) => id === 'drift'), against };
}

describe('simulate --against', () => {
  it('finds the setting that makes production fail what staging passes', async () => {
    const { code, drift, against } = await compared('--env', 'staging', '--against', 'production');
    expect(code).toBe(1);
    expect(against).toEqual({
      environment: 'production',
      outcome: 'fail',
      differing: ['services.payments.balance', 'calls."web -> payments".retry.budget'],
    });
    expect(drift).toMatchObject({ severity: 'high', edges: ['web -> payments'], services: [] });
    expect(drift?.title).toBe(
      'drift: staging passes, production fails; calls."web -> payments".retry.budget decides',
    );
    expect(drift?.numbers.slice(0, 2)).toEqual([
      'calls."web -> payments".retry.budget is { share: 10% } in staging, absent in production',
      'other settings that differ: services.payments.balance',
    ]);
    expect(drift?.changes[0]).toMatchObject({
      difference: [
        ' environments:',
        '   production:',
        '     calls:',
        '       web -> payments:',
        '         retry:',
        '-          budget: null',
        '+          budget: { share: 10% }',
      ],
      tried: { effect: 'solves', outcome: 'pass' },
    });
  });

  it('is as good from the side that fails', async () => {
    const { drift } = await compared('--env', 'production', '--against', 'staging');
    expect(drift?.title).toContain('production fails, staging passes; calls."web -> payments"');
    expect(drift?.changes[0]?.difference.at(-1)).toBe('+          budget: { share: 10% }');
  });

  it('finds nothing where both come to the same', async () => {
    const { code, drift, against } = await compared('--env', 'staging', '--against', 'twin');
    expect({ code, drift }).toEqual({ code: 0, drift: undefined });
    expect(against).toMatchObject({ outcome: 'pass', differing: ['services.payments.balance'] });
  });

  it('says what is wrong with the environments', async () => {
    const same = await compared('--env', 'twin', '--against', 'twin');
    expect(same).toMatchObject({ code: 2 });
    expect(same.stderr).toContain('"twin" is the environment that is run itself');
    expect(await compared('--against', 'nowhere')).toMatchObject({ code: 2 });
  });
});
