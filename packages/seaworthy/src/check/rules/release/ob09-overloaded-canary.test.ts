import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { ob09 } from './ob09-overloaded-canary.ts';

interface Release {
  readonly steps?: string;
  readonly metric?: string;
  readonly model?: string;
}

/** Ten replicas of web, of which each carries 100/s. */
function canary({ steps = '', metric = '', model = '' }: Release): string {
  return messages(
    ob09,
    folderLandscape({
      'rollout.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  replicas: 10
  strategy:
    canary:
      analysis: { templates: [{ templateName: latency }] }
      steps: [${steps}]
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "shop/web:1" }] }
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: latency }
spec:
  metrics: [{ name: latency, provider: { prometheus: { query: up } }${metric} }]
`,
      ...(model !== '' && { 'seaworthy.yaml': model }),
    }),
  );
}

function modelOf(perSecond: number, start = ''): string {
  return `seaworthy: 1
name: one
services: { web: { replicas: 10, concurrency: 1, steps: [{ wait: 10ms }]${start} } }
traffic: { people: { to: web, rate: ${perSecond}/s } }
`;
}

const one = '{ setCanaryScale: { replicas: 1 } }';

describe('OB09', () => {
  it('finds a canary with more traffic than it has replicas for', () => {
    expect(canary({ steps: `${one}, { setWeight: 20 }` })).toMatchInlineSnapshot(`
      "rollout.yaml:9:45 medium OB09
      web: each replica of the canary gets 2 times what an ordinary one gets
        weight: 20 % (rollout.yaml:9)
        replicas of the canary: 1 (rollout.yaml:9)
        replicas of web: 10 (rollout.yaml:5)
      passes: 2 replicas of the canary at this weight"
    `);
  });

  it('finds one that cannot carry its share', () => {
    const steps = `${one}, { setWeight: 20 }`;
    expect(canary({ steps, model: modelOf(600) })).toMatchInlineSnapshot(`
      "rollout.yaml:9:45 high OB09
      web: with 20 % of the traffic the canary gets 120/s at the peak, and carries 100/s
        weight: 20 % (rollout.yaml:9)
        replicas of the canary: 1 (rollout.yaml:9)
        replicas of web: 10 (rollout.yaml:5)
        peak into web: 600/s (seaworthy.yaml:4)
        capacity of web: 1,000/s (seaworthy.yaml:3)
      passes: 2 replicas of the canary at this weight"
    `);
    expect(canary({ steps, model: modelOf(500) })).toContain('medium OB09');
    expect(canary({ steps, model: modelOf(501) })).toContain('high OB09');
  });

  it('is content with less than twice as much, and where the scale follows the weight', () => {
    expect(canary({ steps: `${one}, { setWeight: 19 }` })).toBe('');
    expect(canary({ steps: '{ setWeight: 20 }' })).toBe('');
    const follows = '{ setCanaryScale: { matchTrafficWeight: true } }';
    expect(canary({ steps: `${one}, ${follows}, { setWeight: 50 }` })).toBe('');
    expect(canary({ steps: `{ setCanaryScale: { replicas: 0 } }, { setWeight: 20 }` })).toBe('');
  });

  it('takes the worst step, and shares of the replicas rounded up', () => {
    const rising = `${one}, { setWeight: 20 }, { setWeight: 50 }, { setWeight: 30 }`;
    expect(canary({ steps: rising })).toContain('gets 5 times');
    const two = '{ setCanaryScale: { replicas: 2 } }';
    const same = `${one}, { setWeight: 20 }, ${two}, { setWeight: 40 }`;
    expect(canary({ steps: same })).toContain('replicas of the canary: 1 ');
    const share = (weight: number): string => `{ setCanaryScale: { weight: ${weight} } }`;
    expect(canary({ steps: `${share(10)}, { setWeight: 40 }` })).toContain('gets 4 times');
    expect(canary({ steps: `${share(11)}, { setWeight: 40 }` })).toContain('gets 2 times');
  });

  it('finds one that is measured while it is cold', () => {
    const start = ', start: { readyAfter: 5s, slower: 3x, warmUp: 60s }';
    const steps = '{ setWeight: 20 }';
    const cold = (metric: string, of = start): string =>
      canary({ steps, metric, model: modelOf(100, of) });
    expect(cold(', interval: 1m')).toMatchInlineSnapshot(`
      "rollout.yaml:18:13 medium OB09
      web: latency is measured at once, and the canary is cold for 60 s
        warm-up of web: 60 s (seaworthy.yaml:3)
        interval of latency: 60 s (rollout.yaml:18)
      passes: an initialDelay of 60 s"
    `);
    expect(cold(', interval: 1m, initialDelay: 59s')).toContain('is measured after 59 s');
    expect(cold(', interval: 1m, initialDelay: 60s')).toBe('');
    expect(cold('')).toBe('');
    expect(cold(', interval: 1m', '')).toBe('');
  });
});
