import { describe, expect, it } from 'vitest';

import { beyondLimits, defaultLimits, mayLoad } from './limits.ts';
import type { LoadPlan } from './plan.ts';
import { at, open, planTo } from './testing/plan.ts';

function beyond(settings: Partial<LoadPlan>): readonly string[] {
  return beyondLimits(planTo(80, { durationMs: 60_000, ...settings }), defaultLimits);
}

describe('the limits of a load', () => {
  it('let pass what is within them', () => {
    expect(beyond({})).toEqual([]);
    expect(beyond({ arrivals: open(20_000) })).toEqual([]);
  });

  it('name what is beyond them, and both numbers', () => {
    expect(beyond({ durationMs: Infinity, maxConnections: 10_001 })).toEqual([
      'the length is without end, the limit 3,600 s',
      'the number of connections is 10,001, the limit 10,000',
    ]);
  });

  it('see the peak of a burst', () => {
    const burst = { kind: 'burst', atMs: 5, forMs: 10, factor: 30, overMs: 2 } as const;
    const arrivals = { ...open(1000), bursts: [{ ...burst, source: 0, text: '' }] };
    expect(beyond({ arrivals })).toEqual(['the highest rate is 30,000/s, the limit 20,000/s']);
  });

  it('see the busiest second of a recording', () => {
    const times = Array.from({ length: 30_000 }, (_, index) => 9999.5 + index / 20);
    expect(beyond({ arrivals: at([0, ...times]) })).toEqual([]);
    expect(beyond({ arrivals: at(times.map((time) => time / 2)) })).toEqual([
      'the highest rate is 30,000/s, the limit 20,000/s',
    ]);
  });
});

describe('a host may be loaded', () => {
  it.each(['localhost', 'a.localhost', '127.0.0.1', '127.8.9.1', '::1', '[::1]', 'LocalHost'])(
    'when it is this machine: %s',
    (host) => expect(mayLoad(host, [])).toBe(true),
  );

  it.each(['example.com', '10.0.0.1', '128.0.0.1', 'localhost.example.com', '127.0.0.1.nip.io'])(
    'only when it was allowed by name: %s',
    (host) => {
      expect(mayLoad(host, ['other.example.com'])).toBe(false);
      expect(mayLoad(host, ['other.example.com', host.toUpperCase()])).toBe(true);
    },
  );
});
