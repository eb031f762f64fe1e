import { describe, expect, it } from 'vitest';
import { Reason } from '../call/reason.ts';
import type { EndpointSettings, OutlierSettings, PolicySettings } from '../call/settings.ts';
import { ScriptedHost, defaults, failure, hang, success } from '../testing/scripted-host.ts';
import type { Act } from '../testing/scripted-host.ts';
import { VirtualClock } from '../virtual/virtual-clock.ts';

const roundRobin: EndpointSettings = {
  balance: 'round-robin',
  decayMs: 10_000,
  failurePenaltyMs: 1000,
};
const outliers: OutlierSettings = {
  consecutiveFailures: 3,
  intervalMs: 1000,
  successRate: { deviations: 1.9, requests: 100, endpoints: 5 },
  failureShare: { share: 0.85, requests: 50, endpoints: 5 },
  ejectMs: 1000,
  ejectMaxMs: 5000,
  shareMax: 0.34,
};

/** A host whose attempts do what their endpoint does. */
class Fleet extends ScriptedHost {
  readonly served: number[] = [];
  readonly events: string[] = [];

  constructor(settings: PolicySettings, ids: readonly number[], does: (id: number) => Act) {
    const events: string[] = [];
    const clock = new VirtualClock();
    const observer = {
      endpointEjected: (id: number, forMs: number, why: string) =>
        void events.push(`${clock.now()} ${id} out for ${forMs}: ${why}`),
      endpointReturned: (id: number) => void events.push(`${clock.now()} ${id} back`),
    };
    super(settings, { observer }, clock);
    this.events = events;
    this.engine.setEndpoints(ids);
    this.onAttempt = (_script, call) => {
      const { token } = call;
      this.served.push(call.endpoint);
      const act = does(call.endpoint);
      if (act.afterMs < 0) this.report(call, token, act);
      else if (act.afterMs < Infinity) {
        this.clock.after(act.afterMs, () => this.report(call, token, act));
      }
    };
  }

  /** So many calls, one every so often; how many attempts each endpoint got. */
  calls(count: number, everyMs: number): Record<number, number> {
    this.served.length = 0;
    for (let started = 0; started < count; started++) {
      this.start([hang]);
      this.clock.advance(everyMs);
    }
    expect(this.violations).toEqual([]);
    const counts: Record<number, number> = {};
    for (const id of this.served) counts[id] = (counts[id] ?? 0) + 1;
    return counts;
  }
}

describe('the choice of an endpoint', () => {
  it('takes turns in round robin, and follows a list that changes', () => {
    const fleet = new Fleet({ endpoints: roundRobin }, [1, 2, 3], () => success(5));
    expect(fleet.calls(30, 10)).toEqual({ 1: 10, 2: 10, 3: 10 });
    fleet.engine.setEndpoints([2, 3, 4, 5]);
    expect(fleet.calls(40, 10)).toEqual({ 2: 10, 3: 10, 4: 10, 5: 10 });
    fleet.engine.setEndpoints([]);
    expect(fleet.calls(2, 10)).toEqual({ '-1': 2 });
  });

  it('counts an attempt for the endpoint that it began at, also when that has left', () => {
    const fleet = new Fleet(
      { endpoints: { ...roundRobin, balance: 'least-in-flight' } },
      [1, 2],
      (id) => success(id === 1 ? 1000 : 5),
    );
    fleet.calls(4, 10);
    fleet.engine.setEndpoints([2]);
    fleet.engine.setEndpoints([1, 2]);
    fleet.clock.advance(2000);
    // A count below 0 would keep endpoint 1 first for ever.
    expect(fleet.calls(20, 10)[2]).toBeGreaterThan(10);
  });

  it('gives a retry an endpoint that its call has not tried, as long as there is one', () => {
    const retry = { ...defaults.retry, attempts: 6 };
    const random = { ...roundRobin, balance: 'random' } as const;
    const fleet = new Fleet({ endpoints: random, retry }, [1, 2, 3], () => failure(1));
    for (let round = 0; round < 20; round++) {
      fleet.calls(1, 10_000);
      const { served } = fleet;
      expect(new Set(served.slice(0, 3)).size).toBe(3);
      expect(served).toHaveLength(6);
      for (let attempt = 3; attempt < 6; attempt++) {
        expect(served[attempt]).not.toBe(served[attempt - 1]);
      }
    }
  });

  it('gives a hedge another endpoint, or leaves it out', () => {
    const hedge = { delay: 10, most: 1 };
    const two = new Fleet({ endpoints: roundRobin, hedge }, [1, 2], () => success(30));
    two.calls(1, 100);
    expect([...new Set(two.served)]).toHaveLength(2);
    const one = new Fleet({ endpoints: roundRobin, hedge }, [1], () => success(30));
    one.calls(1, 100);
    expect(one.served).toEqual([1]);
  });

  it.each(['random', 'two-choices', 'least-in-flight', 'peak-ewma'] as const)(
    'by %s spreads the load over equals',
    (balance) => {
      const endpoints = { ...roundRobin, balance };
      const fleet = new Fleet({ endpoints }, [1, 2, 3, 4], () => success(35));
      for (const count of Object.values(fleet.calls(2000, 10))) {
        expect(count).toBeGreaterThan(400);
        expect(count).toBeLessThan(600);
      }
    },
  );
});

describe('peak EWMA', () => {
  const endpoints = { ...roundRobin, balance: 'peak-ewma' } as const;

  it('sends one slow endpoint clearly less than its share, and asks it again now and then', () => {
    const fleet = new Fleet({ endpoints }, [1, 2, 3], (id) => success(id === 1 ? 200 : 20));
    fleet.calls(100, 10);
    const share = fleet.calls(6000, 10)[1]! / 6000;
    expect(share).toBeLessThan(0.02);
    expect(share).toBeGreaterThan(0);
  });

  it('does not prefer an endpoint that fails fast, as least in flight does', () => {
    const acts = (id: number): Act => (id === 1 ? failure(1) : success(20));
    const fleet = new Fleet({ endpoints }, [1, 2, 3], acts);
    fleet.calls(100, 5);
    expect(fleet.calls(6000, 5)[1] ?? 0).toBeLessThan(120);
    const least = { ...roundRobin, balance: 'least-in-flight' } as const;
    const fed = new Fleet({ endpoints: least }, [1, 2, 3], acts);
    expect(fed.calls(6000, 5)[1]).toBeGreaterThan(2700);
  });

  it('gives it its share again when it is well again', () => {
    let isSlow = true;
    const fleet = new Fleet({ endpoints }, [1, 2, 3], (id) =>
      success(id === 1 && isSlow ? 400 : 20),
    );
    fleet.calls(500, 10);
    isSlow = false;
    fleet.calls(6000, 10);
    expect(fleet.calls(3000, 10)[1]).toBeGreaterThan(700);
  });

  it('sends one attempt to an endpoint that it knows nothing of, until that has answered', () => {
    const fleet = new Fleet({ endpoints }, [1, 2, 3], (id) => (id === 3 ? hang : success(20)));
    expect(fleet.calls(1000, 10)[3]).toBe(1);
  });
});

describe('outlier ejection', () => {
  const endpoints = { ...roundRobin, outliers };
  const failing = (id: number): Act => (id === 1 ? failure(1) : success(1));

  it('takes an endpoint out after failures in a row, each time for longer, and back', () => {
    const fleet = new Fleet({ endpoints }, [1, 2, 3], failing);
    fleet.calls(600, 10);
    expect(fleet.events.slice(0, 4).map((event) => event.replace(/^\d+ /, ''))).toEqual([
      '1 out for 1000: consecutive-failures',
      '1 back',
      '1 out for 2000: consecutive-failures',
      '1 back',
    ]);
  });

  it('never more than the share allows, but one of two, and never the last one', () => {
    const all = new Fleet({ endpoints }, [1, 2, 3, 4, 5, 6], () => failure(1));
    all.calls(100, 5);
    expect(all.events).toHaveLength(2);
    const pair = new Fleet({ endpoints }, [1, 2], () => failure(1));
    pair.calls(100, 5);
    expect(pair.events).toHaveLength(1);
    const single = new Fleet({ endpoints }, [1], () => failure(1));
    expect(single.calls(100, 5)).toEqual({ 1: 100 });
    expect(single.events).toEqual([]);
  });

  it('takes none out for what the caller, the deadline or this process did', () => {
    const deadlines = new Fleet({ endpoints, timeoutMs: 50, deadlineMs: 5 }, [1, 2, 3], () => hang);
    deadlines.calls(50, 10);
    const local = new Fleet({ endpoints }, [1, 2, 3], () => failure(1, Reason.queueFull));
    local.calls(50, 10);
    expect([deadlines.events, local.events]).toEqual([[], []]);
    const timeouts = new Fleet({ endpoints, timeoutMs: 5 }, [1, 2, 3], () => hang);
    timeouts.calls(50, 10);
    expect(timeouts.events).not.toEqual([]);
  });

  it('takes one out whose success rate is far below the mean of the others', () => {
    let turn = 0;
    const often = { ...outliers, consecutiveFailures: 1000, intervalMs: 10_000 };
    const ids = [1, 2, 3, 4, 5, 6];
    const fleet = new Fleet({ endpoints: { ...roundRobin, outliers: often } }, ids, (id) =>
      id === 4 && turn++ % 4 === 0 ? failure(1) : success(1),
    );
    fleet.calls(1500, 10);
    expect(fleet.events.filter((event) => event.includes('out'))).toHaveLength(1);
    expect(fleet.events[0]).toMatch(/ 4 out for 1000: success-rate$/);
  });

  it('takes one out that fails almost always, and none for too few requests', () => {
    const rarely = {
      ...outliers,
      consecutiveFailures: 1000,
      intervalMs: 10_000,
      successRate: { deviations: 100, requests: 100, endpoints: 5 },
    };
    const played = (everyMs: number): readonly string[] => {
      const fleet = new Fleet(
        { endpoints: { ...roundRobin, outliers: rarely } },
        [1, 2, 3, 4, 5],
        failing,
      );
      fleet.calls(15_000 / everyMs, everyMs);
      return fleet.events.map((event) => event.replace(/^\d+ /, ''));
    };
    expect(played(20)).toContain('1 out for 1000: failure-share');
    expect(played(100)).toEqual([]);
  });

  it('keeps within its bounds when endpoints leave: the longest out returns first', () => {
    const fleet = new Fleet({ endpoints }, [1, 2, 3, 4, 5, 6], (id) =>
      id <= 2 ? failure(1) : success(1),
    );
    fleet.calls(40, 5);
    expect(fleet.events).toHaveLength(2);
    fleet.engine.setEndpoints([1, 2, 3]);
    expect(fleet.events).toHaveLength(3);
    fleet.engine.setEndpoints([1]);
    expect(Object.keys(fleet.calls(3, 5))).toEqual(['1']);
  });

  it('does not count results of attempts from before it was out', () => {
    const slowly = new Fleet({ endpoints }, [1, 2, 3], (id) =>
      id === 1 ? failure(1100) : success(1),
    );
    slowly.calls(90, 5);
    slowly.clock.advance(2000);
    const times = slowly.events.map((event) => Number(event.split(' ')[0]));
    expect(slowly.events.filter((event) => event.includes('out'))).toHaveLength(1);
    expect(times.length).toBeLessThanOrEqual(2);
  });
});
