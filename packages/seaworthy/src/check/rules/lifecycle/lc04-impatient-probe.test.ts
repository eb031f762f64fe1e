import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onKubernetes } from '../../testing/manifests.ts';
import { tracesOfWeb } from '../../testing/traces.ts';
import { lc04 } from './lc04-impatient-probe.ts';
import { coded } from '../../testing/edges.ts';

/** Of a hundred requests one takes so long, and the others 10 ms. */
function liveness(words: string, slowestMs: number): string {
  const container = `livenessProbe: { ${words} }`;
  const takesMs = (request: number): number => (request === 50 ? slowestMs : 10);
  const traces = tracesOfWeb({ requests: 100, everyMs: 100, takesMs });
  return messages(lc04, onKubernetes({ container, files: { 'spans.json': traces } }));
}

const http = 'httpGet: { path: /live, port: 8080 }';

describe('LC04', () => {
  it('finds a probe that gives up before ordinary requests', () => {
    expect(liveness(`${http}, timeoutSeconds: 1`, 4000)).toMatchInlineSnapshot(`
      "web.yaml:12:26 high LC04
      web: liveness waits 1 s, and 1 in 1000 requests takes 4 s
        timeout of liveness: 1 s (web.yaml:12)
        p99.9 of web: 4 s (trace spans.json, 100 spans)
      passes: timeoutSeconds: 4"
    `);
    expect(liveness(http, 4000)).toContain('medium LC04');
  });

  it('is content with patience, and with a command', () => {
    expect(liveness(`${http}, timeoutSeconds: 4`, 4000)).toBe('');
    expect(liveness(`${http}, timeoutSeconds: 3`, 4000)).toContain('timeoutSeconds: 4');
    expect(liveness('exec: { command: [check] }, timeoutSeconds: 1', 4000)).toBe('');
  });

  it('says what it lacks', () => {
    expect(messages(lc04, onKubernetes({ container: `livenessProbe: { ${http} }` }))).toBe(
      'web lacks how long its requests take under load: traces',
    );
  });

  it('says what it lacks where no latency was measured', () => {
    const container = `livenessProbe: { ${http} }`;
    const takesMs = (): number => 10;
    const traces = tracesOfWeb({ requests: 10, everyMs: 100, takesMs });
    const landscape = onKubernetes({ container, files: { 'spans.json': traces } });
    const measured = landscape.measured.map((one) => ({ ...one, latency: coded([]) }));
    expect(messages(lc04, { ...landscape, measured })).toContain('lacks how long its requests');
  });
});
