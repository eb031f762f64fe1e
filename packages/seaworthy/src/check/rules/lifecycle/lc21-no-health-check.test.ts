import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { lc21 } from './lc21-no-health-check.ts';

describe('LC21', () => {
  it('finds a server without a health check', () => {
    expect(messages(lc21, onCompose('web: { image: a:1, ports: ["80:8080"] }')))
      .toMatchInlineSnapshot(`
        "compose.yaml:2:8 low LC21
        web: it has no health check: as long as its process runs, it counts as well
          health check: none (guess: its image may bring one)
        passes: a healthcheck"
      `);
  });

  it('finds one that others wait for', () => {
    const services = 'web: { image: a:1, depends_on: [db] }\ndb: { image: b:1 }';
    expect(messages(lc21, onCompose(services))).toContain('db: it has no health check');
  });

  it('is content with a health check, with workers, and with Kubernetes', () => {
    const check = 'healthcheck: { test: [CMD, ping] }';
    expect(messages(lc21, onCompose(`web: { image: a:1, ports: [80], ${check} }`))).toBe('');
    expect(messages(lc21, onCompose('worker: { image: a:1 }'))).toBe('');
    expect(messages(lc21, onKubernetes({}))).toBe('');
  });

  it('knows that a check may be switched off', () => {
    const off =
      'web: { image: a:1, ports: [80], healthcheck: { disable: true, test: [CMD, ping] } }';
    expect(messages(lc21, onCompose(off))).toContain('LC21');
  });
});
