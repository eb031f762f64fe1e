import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { tracesOfWeb } from '../../testing/traces.ts';
import { ob07 } from './ob07-blind-canary.ts';

/** web has 100/s, of which 1 % fail: a tenth of them for ten minutes has 60 errors. */
function canary(steps: string, isTraced = true): string {
  const rollout = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  strategy: { canary: { analysis: { templates: [{ templateName: ok }] }, steps: [${steps}] } }
  template: { spec: { containers: [{ name: web, image: "shop/web:1" }] } }
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: ok }
spec:
  metrics: [{ name: ok, interval: 1m, provider: { prometheus: { query: "up" } } }]
`;
  const model = `seaworthy: 1
name: one
services: { web: { steps: [{ wait: 10ms }] } }
traffic: { people: { to: web, rate: 100/s } }
`;
  const traces = tracesOfWeb({ requests: 500, everyMs: 10, takesMs: () => 5, failsEvery: 100 });
  return messages(
    ob07,
    folderLandscape({
      'rollout.yaml': rollout,
      'seaworthy.yaml': model,
      ...(isTraced && { 'spans.json': traces }),
    }),
  );
}

describe('OB07', () => {
  it('finds a canary that sees too few errors', () => {
    expect(canary('{ setWeight: 10 }, { pause: { duration: 10m } }')).toMatchInlineSnapshot(`
      "rollout.yaml:5:122 high OB07
      web: the step with 10 % of the traffic sees 60 errors on an ordinary day, and twice as
      many may be chance
        calls of web: 100/s (seaworthy.yaml:4)
        ordinary errors of web: 1 % (trace spans.json, 500 spans)
        weight: 10 % (rollout.yaml:5)
        time at this weight: 600 s (rollout.yaml:5)
      passes: 1.67 times as long, or as much of the traffic"
    `);
  });

  it('looks at the best of its steps', () => {
    const small = '{ setWeight: 1 }, { pause: { duration: 1m } }';
    expect(canary(`${small}, { setWeight: 20 }, { pause: { duration: 500s } }`)).toBe('');
    expect(canary(`${small}, { setWeight: 20 }, { pause: { duration: 499s } }`)).toContain('OB07');
  });

  it('says what it lacks', () => {
    expect(canary('{ setWeight: 10 }, { pause: { duration: 10m } }', false)).toBe(
      'web lacks how many requests fail: traces',
    );
  });

  it('knows the service of the workload that it releases', () => {
    const landscape = folderLandscape({
      'web.yaml': `apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: web } }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  strategy:
    canary: { analysis: { templates: [{ templateName: ok }] }, steps: [{ setWeight: 1 }] }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "shop/web:1" }] }
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: ok }
spec: { metrics: [{ name: ok, provider: { prometheus: { query: up } } }] }
`,
      'seaworthy.yaml': `seaworthy: 1
name: one
services: { shop: { steps: [{ wait: 10ms }] } }
traffic: { people: { to: shop, rate: 100/s } }
`,
    });
    expect(messages(ob07, landscape)).toBe('web lacks how many requests fail: traces');
    const [released] = landscape.canaries;
    expect(messages(ob07, { ...landscape, canaries: [{ ...released!, analyses: [] }] })).toBe('');
  });
});
