import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { ob08 } from './ob08-canary-on-noise.ts';

function canary(metric: string): string {
  const text = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  strategy:
    canary:
      analysis: { templates: [{ templateName: success }] }
      steps: [{ setWeight: 10 }, { pause: { duration: 10m } }]
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: success }
spec:
  metrics:
    - name: success
      ${metric.replaceAll('\n', '\n      ')}
      provider: { prometheus: { query: "sum(rate(ok[1m])) / sum(rate(all[1m]))" } }
`;
  return messages(ob08, folderLandscape({ 'rollout.yaml': text }));
}

const guarded = 'successCondition: "len(result) == 0 || result[0] >= 0.95"';

describe('OB08', () => {
  it('finds a condition that no traffic breaks', () => {
    const metric = 'successCondition: "result[0] >= 0.95"\nfailureLimit: 3\ninterval: 1m';
    expect(canary(metric)).toMatchInlineSnapshot(`
      "rollout.yaml:16:25 medium OB08
      web: without traffic success has no result, and result[0] >= 0.95 is an error
        condition of success: result[0] >= 0.95 (rollout.yaml:16)
      passes: len(result) == 0 || result[0] >= 0.95"
    `);
  });

  it('finds a canary that one measurement of many rolls back', () => {
    expect(canary(`${guarded}\nfailureLimit: 0\ninterval: 1m\ncount: 10`)).toMatchInlineSnapshot(`
      "rollout.yaml:17:21 medium OB08
      web: one failed measurement of success of many rolls it back
        failureLimit of success: 0 (rollout.yaml:17)
        measurements of success: 10 (rollout.yaml:19)
      passes: failureLimit: 2"
    `);
    expect(canary(`${guarded}\ninterval: 1m`)).toContain('low OB08');
  });

  it('is content with a guard and some patience, and with a single measurement', () => {
    expect(canary(`${guarded}\nfailureLimit: 2\ninterval: 1m\ncount: 10`)).toBe('');
    expect(canary(`${guarded}\nfailureLimit: 0\ncount: 1`)).toBe('');
  });
});
