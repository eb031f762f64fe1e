import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from 'vitest';

import { policy } from './node.ts';
import type { PolicyMade } from './node.ts';

describe('the entry for Node', () => {
  it('announces each policy, so that who watches the process can observe it', async () => {
    const seen: string[] = [];
    const onPolicy = (message: unknown) => {
      const { policy: made, observe } = message as PolicyMade;
      seen.push(`made ${made.policyName}`);
      observe({ callSettled: (call) => seen.push(call.outcome) });
    };
    subscribe('seaworthy:policy', onPolicy);
    const watched = policy({ name: 'watched' });
    unsubscribe('seaworthy:policy', onPolicy);
    const unwatched = policy({ name: 'unwatched' });
    await watched(() => 1);
    await unwatched(() => 1);
    expect(seen).toEqual(['made watched', 'succeeded']);
  });
});
