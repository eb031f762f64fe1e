import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { ov02 } from './ov02-useless-rate-limit.ts';

const all = '{ default_value: { numerator: 100, denominator: HUNDRED } }';
const inForce = `filter_enabled: ${all}, filter_enforced: ${all}`;

function bucket(text: string, force = inForce): string {
  return `{ token_bucket: { ${text} }, ${force} }`;
}

function perSecond(tokens: number): string {
  return bucket(`tokens_per_fill: ${tokens}, fill_interval: 1s`);
}

/** payments carries 40/s. */
function limited(shared: string, own = '', host = 'payments'): string {
  const name = 'envoy.filters.http.local_ratelimit';
  return messages(
    ov02,
    folderLandscape({
      'envoy.yaml': `static_resources:
  listeners:
    - filter_chains:
        - filters:
            - typed_config:
                http_filters:
                  - { name: envoy.filters.http.router }
                  - { name: ${name}, typed_config: ${shared} }
                route_config:
                  virtual_hosts:
                    - domains: ["*"]
                      routes:
                        - { match: { prefix: /a }, route: { cluster: "${host}" } }
                        - match: { prefix: / }
                          route: { cluster: "${host}", timeout: 1s }
                          ${own && `typed_per_filter_config: { ${name}: ${own} }`}
  clusters:
    - { name: "${host}" }
`,
      'seaworthy.yaml': `seaworthy: 1
name: one
services:
  payments: { replicas: 2, concurrency: 1, steps: [{ wait: 50ms }] }
  open: { steps: [{ wait: 50ms }] }
traffic: { people: { to: payments, rate: 1/s }, more: { to: open, rate: 1/s } }
`,
    }),
  );
}

describe('OV02', () => {
  it('finds a limit that lets too much through', () => {
    const text = bucket('max_tokens: 1000, tokens_per_fill: 100, fill_interval: 1s');
    expect(limited(text)).toMatchInlineSnapshot(`
      "envoy.yaml:8:132 medium OV02
      payments: its proxy lets 100/s through, and all of its replicas together carry 40/s
        rate limit of the route to payments: 100/s (envoy.yaml:8)
        capacity of payments: 40/s (seaworthy.yaml:4)
      passes: a rate limit below 40/s"
    `);
  });

  it('is content with what the service carries', () => {
    expect(limited(perSecond(40))).toBe('');
    expect(limited(perSecond(41))).toContain('OV02');
    expect(limited(bucket('tokens_per_fill: 400, fill_interval: 10s'))).toBe('');
    // A token at a time where nothing else is said.
    expect(limited(bucket('fill_interval: 0.025s'))).toBe('');
    expect(limited(bucket('fill_interval: 0.02s'))).toContain('50/s');
  });

  it('takes that of the route before that of all', () => {
    const [low, high] = [20, 200].map(perSecond);
    expect(limited(high!, low).match(/OV02/g)).toHaveLength(1);
    expect(limited(low!, high)).toContain('200/s');
  });

  it('says once what several routes share, and what each has of its own', () => {
    const [one, two] = [50, 200].map(perSecond);
    expect(limited(one!).match(/OV02/g)).toHaveLength(1);
    expect(limited(one!, two).match(/OV02/g)).toHaveLength(2);
  });

  it('leaves out one that is not in force, and what it does not know', () => {
    const text = 'tokens_per_fill: 100, fill_interval: 1s';
    const part = '{ default_value: { numerator: 99 } }';
    expect(limited(bucket(text, `filter_enabled: ${all}`))).toBe('');
    expect(limited(bucket(text, `filter_enabled: ${all}, filter_enforced: ${part}`))).toBe('');
    const million = '{ default_value: { numerator: 1000000, denominator: MILLION } }';
    const force = `filter_enabled: ${million}, filter_enforced: ${million}`;
    expect(limited(bucket(text, force))).toContain('OV02');
    expect(limited(bucket(text, force.replaceAll('1000000', '999999')))).toBe('');
    expect(limited(bucket('tokens_per_fill: 100'))).toBe('');
    expect(limited(bucket(text), '', 'open')).toBe('');
    expect(limited(bucket(text), '', 'elsewhere')).toBe('');
    expect(limited(bucket(text), '', 'payments.shop.svc')).toContain('OV02');
  });
});
