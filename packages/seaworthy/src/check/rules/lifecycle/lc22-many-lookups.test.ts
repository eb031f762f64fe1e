import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { lc22 } from './lc22-many-lookups.ts';

function outside(address: string, pod = ''): string {
  const container = `env: [{ name: PARTNER_URL, value: "${address}" }]`;
  return messages(lc22, onKubernetes({ container, pod }));
}

const ndots = (value: number): string =>
  `dnsConfig: { options: [{ name: ndots, value: "${value}" }] }`;

describe('LC22', () => {
  it('finds names that are looked up within the cluster first', () => {
    expect(outside('https://api.partner.com/v1')).toMatchInlineSnapshot(`
      "web.yaml:12:45 low LC22
      web: api.partner.com has 2 dots, and is looked up within the cluster first
        ndots: 5 (default of Kubernetes)
        a name outside: api.partner.com (web.yaml:12)
      passes: ndots: 2"
    `);
    expect(outside('https://api.partner.com/v1', ndots(3))).toContain('medium LC22');
  });

  it('is content with fewer, with a dot at the end, and with names of the cluster', () => {
    expect(outside('https://api.partner.com/v1', ndots(2))).toBe('');
    expect(outside('https://api.partner.com./v1')).toBe('');
    expect(outside('http://payments.shop.svc.cluster.local:8080')).toBe('');
    expect(outside('http://10.0.0.1:8080')).toBe('');
    expect(outside('http://payments:8080')).toBe('');
    const web = 'web: { image: a:1, environment: { PARTNER_URL: "https://api.partner.com" } }';
    expect(messages(lc22, onCompose(web))).toBe('');
  });
});
