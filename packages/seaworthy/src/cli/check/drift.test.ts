import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import type { CheckReport } from '../../report/check/report.ts';
import { Workplace } from '../testing/command-line.ts';
import type { CheckArguments } from './arguments.ts';
import { checkFolder, printed } from './check.ts';
import { plainCheck } from './testing/plain-check.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

const staging = 'DB_POOL_SIZE=10\nHTTP_TIMEOUT=30s\nCART_TTL=60000ms\nAPI_TOKEN=t0p-s3cret\n';
const production = 'DB_POOL_SIZE=40\nHTTP_TIMEOUT=45s\nCART_TTL=1m\nAPI_TOKEN=t0p-s3cret\n';

for (const folder of ['one', 'a', 'a/staging', 'a/live', 'model', 'compose']) {
  mkdirSync(join(workplace.folder, folder));
}
workplace.write('one/.env.staging', staging);
workplace.write('one/.env.production', production);
workplace.write('a/staging/app.env', staging);
workplace.write('a/live/app.env', production);
workplace.write(
  'model/seaworthy.yaml',
  `seaworthy: 1
name: shop
services:
  web: { steps: [{ call: payments }] }
  payments: { steps: [{ wait: 20ms }] }
calls:
  web -> payments: { timeout: 800ms }
traffic: { people: { to: web, rate: 10/s } }
environments:
  staging: { traffic: { people: { rate: 5/s } } }
  production: { calls: { web -> payments: { timeout: 2s } } }
`,
);

workplace.write(
  'compose/compose.yaml',
  `services:
  web:
    image: example/web:1
    environment: { HTTP_TIMEOUT: 3s, PAYMENTS_URL: "http://payments:80" }
    stop_grace_period: 30s
    deploy: { replicas: 2 }
  payments: { image: example/payments:1 }
`,
);
workplace.write(
  'compose/compose.staging.yaml',
  'services: { web: { environment: { HTTP_TIMEOUT: 3000ms } } }\n',
);
workplace.write(
  'compose/compose.prod.yaml',
  'services: { web: { environment: { HTTP_TIMEOUT: 9s }, deploy: { replicas: 1 } } }\n',
);

/** What a check of a path of the workplace comes to; `against` may be another. */
function reportOf(path: string, options: Partial<CheckArguments>): Promise<CheckReport> {
  const inWorkplace = (name: string): string => join(workplace.folder, name);
  const { against } = options;
  const isPath = against?.includes('/') === true;
  const there = isPath ? { against: inWorkplace(against) } : {};
  return checkFolder(inWorkplace(path), { ...plainCheck, ...options, ...there });
}

/** The ids of what differs. */
async function drift(path: string, options: Partial<CheckArguments>): Promise<readonly string[]> {
  const report = await reportOf(path, options);
  expect(printed(report, { ...plainCheck, format: 'json' })).not.toContain('t0p-s3cret');
  return report.assessment.findings.map(({ id }) => id);
}

describe('seaworthy check --against', () => {
  it('prints what differs between two environments, and no secrets', async () => {
    const { code, stdout, stderr } = await workplace.run(
      ['check', 'one', '--env', 'staging', '--against', 'production'],
      { NO_COLOR: '1' },
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "one/.env.production:4:1
      critical  DR05 environments share what each must have for itself
        .env API_TOKEN: API_TOKEN is the same in staging and production: (secret)
        A rehearsal writes into the data of production, or a leak of the weaker
        environment opens the stronger one.
        environment API_TOKEN in staging     (secret)  one/.env.staging:4
        environment API_TOKEN in production  (secret)  one/.env.production:4
        passes     a API_TOKEN of its own for staging
        more       seaworthy explain DR05

      one/.env.production:2:1  high  DR03 a policy differs between environments
        .env: environment HTTP_TIMEOUT: 30s in staging, 45s in production
        What was rehearsed is another system than the one that runs in production.
        environment HTTP_TIMEOUT in staging     30s  one/.env.staging:2
        environment HTTP_TIMEOUT in production  45s  one/.env.production:2
        passes     the same in both: what is rehearsed with 45s holds there
        more       seaworthy explain DR03

      NOT DECIDED
        DR04 without the load of .env in staging and production

      read       2 dotenv

      FAIL  2 findings: 1 critical, 1 high; 2 files read
      policies   23f57c0644114035
      again      $ seaworthy check one --env staging --against production
      "
    `);
  });

  it.each([
    ['two dotenv files', 'one/.env.staging', 'one/.env.production', '.env'],
    ['two folders', 'a/staging', 'a/live', 'app.env'],
  ])('compares %s', async (_, here, there, name) => {
    expect(await drift(here, { against: there })).toEqual([
      `DR05 ${name} API_TOKEN`,
      `DR03 ${name}: environment HTTP_TIMEOUT`,
    ]);
  });

  it('compares overlays of a model', async () => {
    const ids = await drift('model', { env: 'staging', against: 'production' });
    expect(ids).toEqual(['DR03 web -> payments: timeout of one try of application']);
  });

  it('compares additions of compose, each on top of what both share', async () => {
    expect(await drift('compose', { env: 'staging', against: 'production' })).toEqual([
      'DR03 web: environment HTTP_TIMEOUT',
      'DR15 web: replicas',
    ]);
  });

  it('finds nothing between what is the same but what must not be', async () => {
    expect(await drift('one/.env.staging', { against: 'one/.env.staging' })).toEqual([
      'DR05 .env API_TOKEN',
    ]);
  });

  it('says that an environment has nothing', async () => {
    const words = ['check', 'one', '--env', 'stagin', '--against', 'production'];
    const { code, stderr } = await workplace.run(words);
    expect(code).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "error: nothing in one belongs to the environment "stagin"
      it is a folder, a part of a file name (.env.staging), or an overlay of a seaworthy.yaml
      "
    `);
    await expect(reportOf('one', { env: 'qa', against: 'qa' })).rejects.toThrow(
      '"qa" is the environment that is checked itself',
    );
  });
});

describe('seaworthy check --rehearsed', () => {
  const policiesOf = async (path: string) => (await reportOf(path, {})).policies;

  it('passes with the policies that were rehearsed, and with no others', async () => {
    const rehearsed = await policiesOf('one/.env.staging');
    expect(rehearsed).toMatch(/^[0-9a-f]{64}$/);
    const words = ['--rehearsed', rehearsed!.slice(0, 16)];
    expect((await workplace.run(['check', 'one/.env.staging', ...words])).code).toBe(0);
    const { code, stdout } = await workplace.run(['check', 'one/.env.production', ...words]);
    expect(code).toBe(1);
    expect(stdout).toContain('high  DR11 the policies are not those that were rehearsed');
  });

  it('takes what is written in another way for the same, and load for no policy', async () => {
    workplace.write('same.env', 'HTTP_TIMEOUT=30000ms\nDB_POOL_SIZE=99\nCART_TTL=1m\n');
    workplace.write('one/same.env', 'HTTP_TIMEOUT=30s\nDB_POOL_SIZE=1\nCART_TTL=60s\n');
    expect(await policiesOf('same.env')).toBe(await policiesOf('one/same.env'));
  });

  it('knows what is no hash', async () => {
    await expect(reportOf('one', { rehearsed: 'latest' })).rejects.toMatchObject({
      message: 'option --rehearsed: "latest" is no hash of policies',
      hint: 'write what the check of the rehearsal printed: at least 12 digits of it',
    });
  });
});
