import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onKubernetes, webAutoscaler } from '../../testing/manifests.ts';
import { lc15 } from './lc15-autoscaler-fights.ts';

function scaled(spec: string, bounds: string): string {
  const more = webAutoscaler(bounds);
  return messages(lc15, onKubernetes({ spec, more }));
}

describe('LC15', () => {
  it('finds replicas that each deploy sets back', () => {
    expect(scaled('replicas: 3', 'minReplicas: 2\nmaxReplicas: 9')).toMatchInlineSnapshot(`
      "web.yaml:5:13 medium LC15
      web: its manifest says 3 replicas, and its autoscaler 2 to 9: each deploy undoes what was
      scaled
        replicas: 3 (web.yaml:5)
        minReplicas: 2 (web.yaml:19)
        maxReplicas: 9 (web.yaml:20)
      passes: no replicas in the manifest"
    `);
  });

  it('finds a minimum of one, also where nobody wrote it', () => {
    expect(scaled('', 'minReplicas: 1\nmaxReplicas: 9')).toContain('goes down to 1');
    expect(scaled('', 'maxReplicas: 9')).toContain('low LC15');
  });

  it('is content with an autoscaler alone, with replicas alone, and where nothing is scaled', () => {
    expect(scaled('', 'minReplicas: 2\nmaxReplicas: 9')).toBe('');
    expect(messages(lc15, onKubernetes({ spec: 'replicas: 3' }))).toBe('');
    expect(scaled('replicas: 3', 'minReplicas: 3\nmaxReplicas: 3')).toBe('');
  });
});
