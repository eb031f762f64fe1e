import { describe, expect, it } from 'vitest';

import type { Certificate, Landscape, Server } from '../../../model/import/landscape.ts';
import { messages } from '../../testing/cases.ts';
import { deployment } from '../../testing/deployment.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { pairMessages } from '../../testing/pairs.ts';
import { shop } from '../../testing/shop.ts';
import { variablesLandscape } from '../../testing/variables.ts';
import { dr03 } from './dr03-must-be-equal.ts';
import { dr07 } from './dr07-changed-default.ts';
import { dr10 } from './dr10-certificate.ts';
import { dr12 } from './dr12-latent.ts';
import { dr15 } from './dr15-less-in-production.ts';

describe('DR03', () => {
  const calls = (entry: string) => modelLandscape(shop(`web -> payments: { ${entry} }`));

  it('finds another timeout, and a policy that only one has', () => {
    const staging = calls('timeout: 800ms');
    expect(pairMessages(dr03, staging, calls('timeout: 2s'))).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:31 high DR03
      web -> payments: timeout of one try of application: 800 ms in staging, 2 s in production
        timeout of one try of application in staging: 800 ms (seaworthy.yaml:8)
        timeout of one try of application in production: 2 s (seaworthy.yaml:8)
      passes: the same in both: what is rehearsed with 2 s holds there"
    `);
  });

  it('is content where the same is written in another way', () => {
    expect(pairMessages(dr03, calls('timeout: 2s'), calls('timeout: 2000ms'))).toBe('');
  });

  it('names the environment that has it, and the place where it is written', () => {
    const plain = calls('timeout: 2s');
    const retried = calls('timeout: 2s, retry: 3');
    expect(pairMessages(dr03, plain, retried)).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:42 medium DR03
      web -> payments: retries of application: it exists in production and not in staging
        attempts of application in production: 3 (seaworthy.yaml:8)
        Retry-After of application in production: yes (seaworthy.yaml:8)
      passes: retries of application in both, or in neither"
    `);
    expect(pairMessages(dr03, retried, plain)).toContain('it exists in staging and not in');
  });

  it('names no more than three of its settings', () => {
    const retry = 'retry: { attempts: 3, backoff: { base: 90ms, cap: 1s }, budget: { share: 9% } }';
    const found = pairMessages(dr03, calls('timeout: 2s'), calls(`timeout: 2s, ${retry}`));
    expect(found.match(/ in production: /g)).toHaveLength(3);
  });

  it('leaves alone what only one has and what follows the load', () => {
    const limited = calls('timeout: 2s, limit: 20');
    expect(pairMessages(dr03, calls('timeout: 2s'), limited)).toBe('');
  });

  it('finds another grace period, and a workload that one has not', () => {
    const grace = (seconds: number) => deployment('2', `terminationGracePeriodSeconds: ${seconds}`);
    expect(pairMessages(dr03, grace(30), grace(5))).toContain('30 s in staging, 5 s in production');
    const nothing = { ...grace(30), workloads: [] };
    expect(pairMessages(dr03, grace(30), nothing)).toContain(
      'web: it exists in staging and not in production',
    );
  });
});

describe('DR07', () => {
  const node = (version: string, keepAliveMs: number): Landscape => {
    const source = 'https://nodejs.org/api/http.html';
    const preset = { kind: 'default', of: `Node.js ${version}`, source } as const;
    const server: Server = {
      owner: 'web',
      who: `Node.js ${version}`,
      nodeVersion: { value: version, origin: preset },
      keepAliveTimeoutMs: { value: keepAliveMs, origin: preset },
      headersTimeoutMs: { value: 60_000, origin: preset },
      requestTimeoutMs: undefined,
    };
    return { ...variablesLandscape(''), environmentFiles: [], servers: [server] };
  };

  it('finds that nobody changed anything, and yet it is something else', () => {
    expect(pairMessages(dr07, node('24.21.0', 5000), node('26.1.0', 65_000)))
      .toMatchInlineSnapshot(`
      "nowhere medium DR07
      web: keep-alive timeout of Node.js: 5 s in staging, 65 s in production, and nobody set it:
      the default of Node.js 24.21.0, and of Node.js 26.1.0
        keep-alive timeout of Node.js in staging: 5 s (default of Node.js 24.21.0)
        keep-alive timeout of Node.js in production: 65 s (default of Node.js 26.1.0)
      passes: 65 s written down in both, or the same version"
    `);
  });

  it('leaves to DR03 what only one has, with the defaults that it has', () => {
    const has = node('24.21.0', 5000);
    expect(pairMessages(dr07, has, { ...has, servers: [] })).toBe('');
    expect(pairMessages(dr03, has, { ...has, servers: [] })).toContain(
      'keep-alive timeout of Node.js in staging: 5 s (default of Node.js 24.21.0)',
    );
  });

  it('is content where the default is the same, or somebody wrote another value', () => {
    expect(pairMessages(dr07, node('22.1.0', 5000), node('24.21.0', 5000))).toBe('');
    const calls = (ms: number) => modelLandscape(shop(`web -> payments: { timeout: ${ms}ms }`));
    expect(pairMessages(dr07, calls(800), calls(900))).toBe('');
  });
});

describe('DR10', () => {
  const lasting = (from: string, to: string, today?: string) => {
    const at = { kind: 'file', file: 'tls/web.pem', line: 1, column: 1 } as const;
    const day = (value: string) => ({ value: `${value}T12:00:00.000Z`, origin: at });
    const certificate: Certificate = {
      at,
      subject: 'CN=web',
      notBefore: day(from),
      notAfter: day(to),
      renewBeforeMs: undefined,
    };
    const certificates = [certificate];
    const landscape = { ...variablesLandscape(''), environmentFiles: [], certificates };
    return messages(dr10, today === undefined ? landscape : { ...landscape, today });
  };

  it('finds the last third of a lifetime, and the last week', () => {
    expect(lasting('2026-09-01', '2026-11-30', '2026-11-21')).toMatchInlineSnapshot(`
      "tls/web.pem:1:1 high DR10
      CN=web: its last day is 2026-11-30, 9 days from today
        last day: 2026-11-30 (tls/web.pem:1)
        lifetime in days: 90 (tls/web.pem:1)
      passes: a certificate that lasts until 30 days from today at least"
    `);
    expect(lasting('2026-09-01', '2026-11-30', '2026-11-23')).toContain('high DR10');
    expect(lasting('2026-09-01', '2026-11-30', '2026-11-24')).toContain('critical DR10');
    expect(lasting('2026-09-01', '2026-11-30', '2026-11-29')).toContain('1 day from today');
    expect(lasting('2026-09-01', '2026-11-30', '2026-11-30')).toContain('2026-11-30, 0 days');
    expect(lasting('2026-09-01', '2026-11-30', '2026-12-01')).toContain('it ended on 2026-11-30');
  });

  it('is content before', () => {
    // 90 days: 30 are a third.
    expect(lasting('2026-09-01', '2026-11-30', '2026-10-31')).toBe('');
    expect(lasting('2026-09-01', '2026-11-30', '2026-11-01')).toContain('high DR10');
    // 30 days: 10 are a third, and 14 the least.
    expect(lasting('2026-11-01', '2026-12-01', '2026-11-17')).toBe('');
    expect(lasting('2026-11-01', '2026-12-01', '2026-11-18')).toContain('high DR10');
    // 9 days: 14 are the least.
    expect(lasting('2026-11-01', '2026-11-10', '2026-11-01')).toContain('high DR10');
  });

  it('cannot tell without a day', () => {
    expect(lasting('2026-09-01', '2026-11-30')).toBe('CN=web lacks the day of today');
  });
});

describe('DR12', () => {
  const check = (calls: string, scenario: string) => {
    return messages(dr12, modelLandscape(`${shop(calls)}scenarios:\n  one:\n    - ${scenario}\n`));
  };
  const breaker = 'web -> payments: { breaker: { failures: 50%, of: 20 } }';

  it('finds a breaker that nothing ever opens', () => {
    const bank = 'payments -> bank: { breaker: { failures: 50%, of: 20 } }';
    expect(check(bank, '{ at: 10s, for: 5s, slow: web, by: 2x }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:32 medium DR12
      payments -> bank: no scenario makes payments -> bank fail, so nothing has ever tried its
      breaker
        breaker of payments -> bank: set (seaworthy.yaml:8)
      passes: a scenario with a fault at bank"
    `);
  });

  it('finds a breaker with a fault elsewhere: beside it, or at another caller', () => {
    const other = `${breaker}\npayments -> bank: { timeout: 1s }`;
    expect(check(other, '{ at: 10s, for: 5s, loss: shoppers -> web, share: 10% }')).toContain(
      'DR12',
    );
    const bank = 'payments -> bank: { breaker: { failures: 50%, of: 20 } }';
    expect(check(bank, '{ at: 10s, for: 5s, fail: payments, share: 50% }')).toContain('DR12');
  });

  it.each([
    ['the callee', '{ at: 10s, for: 5s, slow: payments, by: 2x }'],
    ['what it calls', '{ at: 10s, for: 5s, fail: bank, share: 50% }'],
    ['the way', '{ at: 10s, for: 5s, loss: web -> payments, share: 10% }'],
    ['the way below', '{ at: 10s, for: 5s, loss: payments -> bank, share: 10% }'],
    ['all, by a burst', '{ at: 10s, for: 5s, burst: shoppers, by: 3x }'],
  ])('is content with a fault at %s', (_, scenario) => {
    expect(check(breaker, scenario)).toBe('');
  });

  it('knows services by more than the order in which they are called', () => {
    const text = shop('payments -> bank: { breaker: { failures: 50%, of: 20 } }').replace(
      'services:\n',
      'services:\n  books: { steps: [{ cpu: 1ms }] }\n',
    );
    const scenario = 'scenarios: { one: [{ at: 10s, for: 5s, fail: bank, share: 50% }] }\n';
    expect(messages(dr12, modelLandscape(text + scenario))).toBe('');
  });

  it('is content with calls that have neither, and with no scenario at all', () => {
    expect(
      check('payments -> bank: { timeout: 1s }', '{ at: 1s, for: 1s, slow: web, by: 2x }'),
    ).toBe('');
    expect(messages(dr12, modelLandscape(shop(breaker)))).toBe('');
  });
});

describe('DR15', () => {
  it('finds that production has less', () => {
    expect(pairMessages(dr15, deployment('3'), deployment('2'))).toMatchInlineSnapshot(`
      "web.yaml:5:13 medium DR15
      web: replicas: 3 in staging, 2 in production
        replicas in staging: 3 (web.yaml:5)
        replicas in production: 2 (web.yaml:5)
      passes: at least 3 in production"
    `);
  });

  it('takes a default for what it is, on either side', () => {
    expect(pairMessages(dr15, deployment('3'), deployment('null'))).toContain('1 in production');
    expect(pairMessages(dr15, deployment('null'), deployment('0'))).toContain('1 in staging');
  });

  it('is content with as much, or more', () => {
    expect(pairMessages(dr15, deployment('3'), deployment('3'))).toBe('');
    expect(pairMessages(dr15, deployment('3'), deployment('4'))).toBe('');
  });
});
