import type { ObservedPolicy } from '../promise/observer.ts';
import type { PolicySnapshot } from '../promise/snapshot.ts';

interface Gauge {
  readonly means: string;
  /** Undefined: there is nothing to show. */
  readonly read: (of: PolicySnapshot) => number | undefined;
  /** How the values of policies with the same name make one. */
  readonly merge: (one: number, other: number) => number;
}

const breakerLevels = { closed: 0, 'half-open': 0.5, open: 1 } as const;

const sum = (one: number, other: number): number => one + other;
const finite = (value: number): number | undefined => (value === Infinity ? undefined : value);

/** Read from the snapshots of policies when somebody asks. */
export const gauges: Readonly<Record<string, Gauge>> = {
  in_flight: { means: 'Attempts that hold a slot', read: (of) => of.inFlight, merge: sum },
  queued: { means: 'Attempts that wait for a slot', read: (of) => of.queued, merge: sum },
  limit: {
    means: 'How many attempts may hold a slot',
    read: (of) => finite(of.limit),
    merge: sum,
  },
  budget_left: {
    means: 'Pieces of extra work that the budget allows now',
    read: (of) => finite(of.budgetLeft),
    merge: sum,
  },
  breaker_open: {
    means: '1 while the breaker is open, 0.5 while it is half-open',
    read: (of) => breakerLevels[of.breaker],
    merge: Math.max,
  },
  shed_share: {
    means: 'Share of the calls that admission sheds, 0 to 1',
    read: (of) => of.shedShare,
    merge: Math.max,
  },
  fallback_normal_seconds: {
    means: 'For how long the fallback has been the normal path',
    read: (of) => of.fallbackNormalMs / 1000,
    merge: Math.max,
  },
};

/** The policies that gauges are read from. It keeps none alive: one that is gone has no gauges. */
export class Watched {
  private policies: { readonly name: string; readonly policy: WeakRef<ObservedPolicy> }[] = [];

  add(policy: ObservedPolicy, name: string): void {
    this.policies = this.policies.filter((entry) => entry.policy.deref() !== undefined);
    this.policies.push({ name, policy: new WeakRef(policy) });
  }

  /** The value of each gauge by the name of the policy. */
  read(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    const values = new Map(Object.keys(gauges).map((name) => [name, new Map<string, number>()]));
    for (const { name, policy } of this.policies) {
      const snapshot = policy.deref()?.snapshot();
      if (snapshot === undefined) continue;
      for (const [gauge, { read, merge }] of Object.entries(gauges)) {
        const value = read(snapshot);
        if (value === undefined) continue;
        const of = values.get(gauge)!;
        const other = of.get(name);
        of.set(name, other === undefined ? value : merge(other, value));
      }
    }
    return values;
  }
}
