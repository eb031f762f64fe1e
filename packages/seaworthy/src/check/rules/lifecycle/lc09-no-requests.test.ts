import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { lc09 } from './lc09-no-requests.ts';

function resources(text: string): string {
  return messages(lc09, onKubernetes({ container: `resources: ${text}` }));
}

describe('LC09', () => {
  it('finds a container that requests nothing', () => {
    expect(messages(lc09, onKubernetes({}))).toMatchInlineSnapshot(`
      "web.yaml:9:11 medium LC09
      web: it requests no cpu and no memory
      passes: resources.requests with cpu and memory"
    `);
  });

  it('names what is missing', () => {
    expect(resources('{ requests: { cpu: 100m } }')).toContain('it requests no memory');
    expect(resources('{ requests: { memory: 64Mi } }')).toContain('it requests no cpu');
  });

  it('is content with requests, with limits that stand for them, and with compose', () => {
    expect(resources('{ requests: { cpu: 100m, memory: 64Mi } }')).toBe('');
    expect(resources('{ limits: { cpu: 1, memory: 64Mi } }')).toBe('');
    expect(resources('{ requests: { cpu: 100m }, limits: { memory: 64Mi } }')).toBe('');
    expect(messages(lc09, onCompose('web: { image: shop/web:1 }'))).toBe('');
  });
});
