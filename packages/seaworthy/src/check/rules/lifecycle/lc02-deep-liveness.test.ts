import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onKubernetes } from '../../testing/manifests.ts';
import { lc02 } from './lc02-deep-liveness.ts';

function liveness(handler: string): string {
  return messages(lc02, onKubernetes({ container: `livenessProbe: { ${handler} }` }));
}

describe('LC02', () => {
  it('finds a probe that by its name asks a dependency', () => {
    expect(liveness('httpGet: { path: /health/db, port: 8080 }')).toMatchInlineSnapshot(`
      "web.yaml:12:26 high LC02
      web: liveness asks GET :8080/health/db, which by its name looks at more than this process
        liveness: GET :8080/health/db (web.yaml:12)
        what it looks at: db (guess: by the name of the path)
      passes: a path that asks nothing but the process, such as /live"
    `);
  });

  it.each(['/ready', '/readyz', '/deep', '/health-redis', '/check/dependencies'])(
    'knows %s',
    (path) => {
      expect(liveness(`httpGet: { path: ${path}, port: 8080 }`)).toContain('LC02');
    },
  );

  it.each(['/live', '/health', '/healthz', '/already', '/feedback', '/dbx'])(
    'trusts %s',
    (path) => {
      expect(liveness(`httpGet: { path: ${path}, port: 8080 }`)).toBe('');
    },
  );

  it('lets a database ask itself, and readiness whom it likes', () => {
    expect(liveness('exec: { command: [redis-cli, ping] }')).toBe('');
    const container = 'readinessProbe: { httpGet: { path: /ready, port: 8080 } }';
    expect(messages(lc02, onKubernetes({ container }))).toBe('');
  });
});
