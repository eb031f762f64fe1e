import type { LoadArrivals, LoadPlan, LoadRequest } from '../plan.ts';

export function get(path = '/', settings: Partial<LoadRequest> = {}): LoadRequest {
  return { method: 'GET', path, headers: {}, body: undefined, weight: 1, ...settings };
}

/** An open loop. */
export function open(perSecond: number, spacing: 'poisson' | 'constant' = 'poisson'): LoadArrivals {
  return { kind: 'open', spacing, shape: [{ atMs: 0, perSecond, overMs: 0 }], bursts: [] };
}

/** Arrivals at these times, in turns of the requests. */
export function at(timesMs: readonly number[], requests = 1): LoadArrivals {
  const arrivals = timesMs.map((atMs, index) => ({ atMs, request: index % requests }));
  return { kind: 'recorded', arrivals };
}

/** 50 tasks a second to a port of this machine, with everything left out filled in. */
export function planTo(port: number, settings: Partial<LoadPlan> = {}): LoadPlan {
  return {
    target: `http://127.0.0.1:${port}`,
    requests: [get()],
    source: 'users',
    seed: 1,
    arrivals: open(50),
    durationMs: Infinity,
    timeoutMs: 30_000,
    maxConnections: 100,
    ...settings,
  };
}
