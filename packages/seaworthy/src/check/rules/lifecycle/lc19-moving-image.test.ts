import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose } from '../../testing/manifests.ts';
import { lc19 } from './lc19-moving-image.ts';

function image(name: string, more = ''): string {
  return messages(lc19, onCompose(`web: { image: "${name}"${more} }`));
}

describe('LC19', () => {
  it('finds a tag that moves', () => {
    expect(image('shop/web:latest')).toMatchInlineSnapshot(`
      "compose.yaml:2:17 high LC19
      web: the tag latest of its image is given to each new version
        image: shop/web:latest (compose.yaml:2)
      passes: the tag of one version, or a digest"
    `);
  });

  it('finds an image without a tag, also where the registry has a port', () => {
    expect(image('shop/web')).toContain('has no tag, which means latest');
    expect(image('localhost:5000/web')).toContain('has no tag');
    expect(image('postgres:stable')).toContain('the tag stable');
  });

  it('is content with a version, a digest, what is built here, and what is not known', () => {
    expect(image('shop/web:1.4.2')).toBe('');
    expect(image('localhost:5000/web:1')).toBe('');
    expect(image(`shop/web@sha256:${'0'.repeat(64)}`)).toBe('');
    expect(image(`shop/web:latest@sha256:${'0'.repeat(64)}`)).toBe('');
    expect(image('shop/web:latest', ', build: .')).toBe('');
    expect(messages(lc19, onCompose('web: { build: . }'))).toBe('');
  });
});
