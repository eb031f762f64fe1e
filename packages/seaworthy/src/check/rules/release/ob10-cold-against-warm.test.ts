import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { ob10 } from './ob10-cold-against-warm.ts';

interface Argo {
  readonly value?: string;
  readonly query?: string;
  readonly steps?: string;
}

function argo({ value = 'Stable', query = 'time("{{args.old}}")', steps = '' }: Argo): string {
  return messages(
    ob10,
    folderLandscape({
      'rollout.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  strategy:
    canary:
      analysis:
        templates: [{ templateName: latency }]
        args: [{ name: old, valueFrom: { podTemplateHashValue: ${value} } }]
      steps: [${steps}{ setWeight: 10 }, { pause: { duration: 10m } }]
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: latency }
spec:
  args: [{ name: old }]
  metrics: [{ name: latency, provider: { prometheus: { query: '${query}' } } }]
`,
    }),
  );
}

function flagger(query: string): string {
  return messages(
    ob10,
    folderLandscape({
      'canary.yaml': `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec:
  targetRef: { kind: Deployment, name: web }
  analysis:
    interval: 1m
    metrics: [{ name: latency, templateRef: { name: latency } }]
---
apiVersion: flagger.app/v1beta1
kind: MetricTemplate
metadata: { name: latency }
spec: { query: '${query}' }
`,
    }),
  );
}

describe('OB10', () => {
  it('finds an analysis of Argo Rollouts that compares with the stable version', () => {
    expect(argo({})).toMatchInlineSnapshot(`
      "rollout.yaml:9:24 medium OB10
      web: its analysis compares a fresh canary with the version that runs already
        the running version in the analysis: old (rollout.yaml:9)
      passes: a baseline of the old version that starts with the canary"
    `);
  });

  it('finds one of Flagger that compares with the primary', () => {
    expect(flagger('time{pod=~"web-primary.*"} - time{pod=~"web-.*"}')).toMatchInlineSnapshot(`
      "canary.yaml:13:16 medium OB10
      web: its analysis compares a fresh canary with the version that runs already
        the running version in the analysis: web-primary (canary.yaml:13)
      passes: a baseline of the old version that starts with the canary"
    `);
    expect(flagger('time{pod=~"web-[0-9a-z]+"}')).toBe('');
    expect(flagger('time{pod=~"web-primaryish"}')).toBe('');
  });

  it('is content with a baseline, and with no comparison', () => {
    const baseline = (of: string): string =>
      `{ experiment: { templates: [{ name: old, specRef: ${of} }] } }, `;
    expect(argo({ steps: baseline('stable') })).toBe('');
    expect(argo({ steps: baseline('canary') })).toContain('OB10');
    expect(argo({ value: 'Latest' })).toBe('');
    expect(argo({ query: 'time("web")' })).toBe('');
  });
});
