import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onKubernetes } from '../../testing/manifests.ts';
import { lc20 } from './lc20-nothing-to-go-back-to.ts';

describe('LC20', () => {
  it('finds a deployment that keeps no old version', () => {
    expect(messages(lc20, onKubernetes({ spec: 'revisionHistoryLimit: 0' })))
      .toMatchInlineSnapshot(`
      "web.yaml:5:25 high LC20
      web: no old version is kept, so none can be rolled back to
        revisionHistoryLimit: 0 (web.yaml:5)
      passes: revisionHistoryLimit: 3"
    `);
  });

  it('is content with one, and with the default', () => {
    expect(messages(lc20, onKubernetes({ spec: 'revisionHistoryLimit: 1' }))).toBe('');
    expect(messages(lc20, onKubernetes({}))).toBe('');
  });
});
