import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { check } from '../../check/check.ts';
import type { Demonstration } from '../../check/demonstration.ts';
import { rules } from '../../check/rules/rules.ts';
import { modelLandscape } from '../../check/testing/landscape.ts';
import { onIstio } from '../../check/testing/mesh.ts';
import { modelText } from '../../model/import/write/model-text.ts';
import { readModel } from '../../model/read.ts';
import { simulate } from '../../simulate/simulate.ts';
import { demonstrate, type Stage } from './demonstrate.ts';

interface System {
  readonly web?: string;
  readonly payments?: string;
  readonly bank?: string;
  readonly calls: string;
  readonly rate?: string;
}

/** People call web, which calls payments, which calls bank. */
function system({ web = '', payments = '', bank = '', calls, rate = '50/s' }: System): string {
  return `seaworthy: 1
name: shop
services:
  web: { replicas: 2, concurrency: 64, ${web} steps: [{ call: payments }] }
  payments: { replicas: 2, concurrency: 16, ${payments} steps: [{ cpu: 2ms }, { call: bank }] }
  bank: { concurrency: 32, ${bank} steps: [{ wait: { exponential: 20ms } }] }
calls:
${calls.replace(/^/gm, '  ')}
traffic:
  people: { to: web, rate: ${rate} }
`;
}

/** web can do without bank, and its slots are full of calls to it after 3.2 s. */
const beside = system({ calls: 'web -> bank: { timeout: 10s }', rate: '40/s' })
  .replace('[{ call: payments }]', '[{ call: { to: bank, optional: true } }, { call: payments }]')
  .replace('{ cpu: 2ms }, { call: bank }', '{ cpu: 2ms }');

/** Its autoscaler keeps two replicas, which carry 200/s. */
const growing = `${system({
  payments: 'autoscale: { min: 2, max: 20, cpu: 50% },',
  calls: 'web -> payments: {}',
  rate: '80/s',
}).replace('cpu: 2ms', 'cpu: 10ms')}scenarios:
  sale: [{ at: 60s, for: 300s, burst: people, by: 4x }]
`;

/** What a seed shows of a finding. Undefined: there is none, or no way. */
async function shown(
  id: string,
  text: string,
  landscape = modelLandscape(text),
): Promise<Demonstration | undefined> {
  const { findings } = check(landscape, rules);
  const finding = findings.find((each) => each.id === id);
  if (finding === undefined) return undefined;
  const read = readModel(text, 'seaworthy.yaml', {});
  const stage: Stage = {
    model: read.model,
    edit: (edits) => read.edit(edits).model,
    simulate: (model, scenario) => {
      return Promise.resolve([simulate(model, { scenario, seed: 1, replication: 0 })]);
    },
  };
  return demonstrate(finding, stage, 'again');
}

const timeouts = 'web -> payments: { timeout: 2s }\npayments -> bank: { timeout: 1s }';

/** A hundred requests a second are all that payments can carry. */
function heavy(rate: string, calls = timeouts): string {
  const queue = 'queue: { limit: 4000 },';
  return system({ payments: queue, calls, rate }).replace('cpu: 2ms', 'cpu: 20ms');
}

const inverted = 'web -> payments: { timeout: 300ms }\npayments -> bank: { timeout: 2s }';
const hanging = 'web -> payments: { timeout: 5s }\npeople -> web: { timeout: 9s }';
const deaf = 'web -> payments: { timeout: 2s, breaker: { failures: 50%, of: 500, within: 5s } }';
const nervous =
  'payments -> bank: { timeout: 60ms, breaker: { failures: 10%, of: 2, within: 5s } }';
const storm = readFileSync(
  new URL('../../../../../examples/retry-storm/seaworthy.yaml', import.meta.url),
  'utf8',
);

const loadBearing = system({
  calls: 'payments -> bank: { timeout: 500ms, cache: { ttl: 60s } }',
  rate: '80/s, keys: { count: 5000 }',
})
  .replace('concurrency: 16', 'concurrency: 300')
  .replace('concurrency: 32', 'concurrency: 1');

const hot = system({
  calls: `payments -> bank:
  { cache: { ttl: 1s, singleFlight: false, early: 0, keys: { count: 1 } } }`,
  rate: '300/s',
});
const twice = 'web -> payments: { retry: 3 }\npayments -> bank: { retry: 4 }';

/** What istio and the application do together, as init --from has it. */
const layered = onIstio('retries: { attempts: 3, retryOn: 5xx }', {
  environment: '{ name: PAYMENTS_RETRIES, value: "2" }',
});

describe('demonstrate', () => {
  it.each<[string, string, string]>([
    ['RT05', 'web -> payments', system({ calls: inverted, rate: '8/s' })],
    ['RT07', 'web -> payments', system({ calls: 'web -> payments: { deadline: 1s, retry: 3 }' })],
    ['RT08', 'payments -> bank', system({ calls: hanging })],
    ['RT09', 'web -> payments', system({ calls: timeouts, rate: '200/s' })],
    ['PQ10', 'web -> bank', beside],
    ['OV04', 'payments', growing],
    ['CB01', 'web -> payments', system({ calls: deaf })],
    ['CB02', 'payments -> bank', system({ calls: nervous })],
    ['PQ06', 'payments', storm],
    ['PQ09', 'payments -> bank', system({ calls: 'payments -> bank: { limit: 1 }' })],
    ['PQ17', 'payments', heavy('110/s')],
    ['PQ18', 'payments', heavy('80/s')],
    ['CA02', 'payments -> bank', hot],
    ['CA03', 'payments -> bank', loadBearing],
    ['RT01', 'bank', system({ calls: twice, rate: '8/s' })],
    ['RT01', 'bank', system({ calls: 'payments -> bank: { retry: 7 }', rate: '8/s' })],
  ])('shows %s of %s', async (rule, subject, text) => {
    const demonstration = await shown(`${rule} ${subject}`, text);
    expect(demonstration).toMatchObject({ shown: true, seeds: [1], command: 'again' });
  });

  it('shows what layers do together that no file has in one place', async () => {
    const text = modelText(layered, 'shop')!;
    const demonstration = await shown('RT02 web -> payments', text, layered);
    expect(demonstration).toMatchObject({
      shown: true,
      measure: 'attempts per task of web -> payments',
      change: 'calls."web -> payments".retry.attempts = 4',
    });
  });

  it('says what was done, what was seen, and what would pass', async () => {
    const text = system({ calls: 'web -> payments: { timeout: 2s, retry: 3 }' });
    expect(await shown('RT03 web -> payments', text)).toMatchInlineSnapshot(`
      {
        "asItIs": [
          2.9979423868312756,
        ],
        "change": "calls."web -> payments".retry.budget = { share: 10%, floor: 1/s }",
        "changed": [
          1.1419753086419753,
        ],
        "command": "again",
        "fault": "fail: payments, share: 100%, for 20 s",
        "measure": "attempts per task of web -> payments",
        "seeds": [
          1,
        ],
        "shown": true,
        "unit": "count",
      }
    `);
  });

  it('does not claim what the simulation does not show', async () => {
    // The callers are so patient that the queue makes nobody give up.
    const text = heavy(
      '20/s',
      'web -> payments: { timeout: 30s }\npayments -> bank: { timeout: 1s }',
    );
    const demonstration = await shown('PQ06 payments', text);
    expect(demonstration).toMatchObject({ shown: false });
  });
});
