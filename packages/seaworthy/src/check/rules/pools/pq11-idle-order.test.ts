import { describe, expect, it } from 'vitest';

import { onIstio } from '../../testing/mesh.ts';
import { messages } from '../../testing/cases.ts';
import { coded } from '../../testing/edges.ts';
import { pq11 } from './pq11-idle-order.ts';

/** payments runs on Node 22, which closes idle connections after 5 s by default. */
function idle(time: string | undefined, keepAlive?: string): string {
  const policy =
    time === undefined ? {} : { policy: `connectionPool: { http: { idleTimeout: ${time} } }` };
  const files = {
    'payments/package.json':
      '{ "name": "payments", "engines": { "node": "22.3.0" }, "dependencies": { "express": "5.1.0" } }',
  };
  const landscape = onIstio('timeout: 1s', { ...policy, files });
  const keepAliveTimeoutMs = keepAlive === undefined ? undefined : coded(Number(keepAlive));
  const servers = landscape.servers.map((server) => ({
    ...server,
    keepAliveTimeoutMs: keepAliveTimeoutMs ?? server.keepAliveTimeoutMs,
  }));
  return messages(pq11, { ...landscape, servers });
}

describe('PQ11', () => {
  it('finds a server that closes before its clients do', () => {
    expect(idle('60s')).toMatchInlineSnapshot(`
      "mesh.yaml:41:81 medium PQ11
      web -> payments: istio keeps idle connections for 60 s, and Node 22.3.0 of payments closes
      them after 5 s
        idle time of web -> payments: 60 s (mesh.yaml:41)
        keep-alive time of payments: 5 s (default of Node 22.3.0)
      passes: an idle time of 4 s, or a longer keep-alive time"
    `);
  });

  it('is content with a second between them', () => {
    expect(idle('60s', '61000')).toBe('');
    expect(idle('60s', '60999')).toContain('high PQ11');
    expect(idle('4s')).toBe('');
  });

  it('says what it lacks', () => {
    expect(idle(undefined)).toBe('payments lacks how long those who call it keep idle connections');
  });

  it('proposes no time below nothing', () => {
    expect(idle('60s', '1000')).toContain('passes: a longer keep-alive time');
    expect(idle('60s', '1001')).toContain('passes: an idle time of 1 ms, or');
  });
});
