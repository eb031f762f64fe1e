import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { pq11 } from './pq11-idle-order.ts';

/** web runs on Node 22, which closes idle connections after 5 s. */
function idle(ms: number | undefined, keepAlive?: string): string {
  const environment = keepAlive === undefined ? {} : { KEEP_ALIVE_TIMEOUT_MS: keepAlive };
  const landscape = nodeApp({ environment, packages: { express: '5.1.0' } });
  const layer = ms === undefined ? {} : { idleTimeoutMs: coded(ms) };
  const { edges } = fromSource({ who: 'load balancer', ...layer }, { from: 'outside', to: 'web' });
  return messages(pq11, { ...landscape, edges });
}

describe('PQ11', () => {
  it('finds a server that closes before its clients do', () => {
    expect(idle(60_000)).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 medium PQ11
      outside -> web: load balancer keeps idle connections for 60 s, and Node 22.3.0 of web
      closes them after 5 s
        idle time of outside -> web: 60 s (src/payments.ts:7)
        keep-alive time of web: 5 s (default of Node 22.3.0)
      passes: an idle time of 4 s, or a longer keep-alive time"
    `);
  });

  it('is content with a second between them', () => {
    expect(idle(60_000, '61000')).toBe('');
    expect(idle(60_000, '60999')).toContain('high PQ11');
    expect(idle(4000)).toBe('');
  });

  it('says what it lacks', () => {
    expect(idle(undefined)).toBe('web lacks how long those who call it keep idle connections');
  });
});
