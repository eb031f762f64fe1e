import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose } from '../../testing/manifests.ts';
import { lc17 } from './lc17-start-order.ts';

function start(dependsOn: string, check = 'healthcheck: { test: [CMD, ping] }'): string {
  return messages(
    lc17,
    onCompose(`web: { image: a:1, depends_on: ${dependsOn} }\ndb: { image: b:1, ${check} }`),
  );
}

describe('LC17', () => {
  it('finds a start that does not wait for the health check that is there', () => {
    expect(start('{ db: { condition: service_started } }')).toMatchInlineSnapshot(`
      "compose.yaml:2:53 low LC17
      web: it waits until db has started, not until its health check succeeds
        condition of db: service_started (compose.yaml:2)
      passes: condition: service_healthy"
    `);
  });

  it('knows what the short form means', () => {
    expect(start('[db]')).toContain('info LC17');
  });

  it('is content with service_healthy, and where there is no check to wait for', () => {
    expect(start('{ db: { condition: service_healthy } }')).toBe('');
    expect(start('[db]', 'init: true')).toBe('');
  });
});
