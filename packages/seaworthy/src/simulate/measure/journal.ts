import { type BreakerState, Reason, reasonNames } from '@seaworthy/policy/engine';

import type { RunEvent } from '../../signals/run.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';

/**
 * A run keeps this many discrete events; 5000 lines are more than anyone reads, and about 300 kB.
 */
const EVENTS_MAX = 5000;

/** The same thing at the same place is told again only after it has been quiet for this long. */
const QUIET_NS = 5000 * NS_PER_MS;

interface Named {
  readonly model: { readonly name: string };
}

/** The discrete events of a run. */
export class Journal {
  readonly events: RunEvent[] = [];
  dropped = 0;
  readonly #now: () => number;
  readonly #lastNs = new Map<string, number>();

  /** `now` is in nanoseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  add(kind: RunEvent['kind'], subject: string, text: string): void {
    if (this.events.length >= EVENTS_MAX) this.dropped++;
    else this.events.push({ atMs: this.#now() / NS_PER_MS, kind, subject, text });
  }

  /** Never left out: each source finishes once at most. */
  sourceFinished({ model }: Named): void {
    const text = 'the last task is over';
    const atMs = this.#now() / NS_PER_MS;
    this.events.push({ atMs, kind: 'source-finished', subject: model.name, text });
  }

  queueFull(service: Named): void {
    this.#once('queue-full', service.model.name, 'the queue of a replica is full');
  }

  /** A call failed: told where its own side had no room for it. */
  callFailed(edge: Named, reason: Reason, attempts: number): void {
    if (reason === Reason.queueFull) {
      this.#once('queue-full', edge.model.name, 'all slots are taken and the queue is full');
    } else if (reason === Reason.shed && attempts === 0) this.shedding(edge);
  }

  budgetEmpty(edge: Named): void {
    this.#once('budget-empty', edge.model.name, 'the retry budget is empty');
  }

  shedding(of: Named): void {
    this.#once('shedding', of.model.name, 'the least critical are shed, for others wait too long');
  }

  fallbackBegan(edge: Named, reason: Reason): void {
    this.#once('fallback-began', edge.model.name, `fallback because of ${reasonNames[reason]}`);
  }

  /** Each caller has a path of its own; the first of many tells for the others. */
  normalPathChanged(edge: Named, isFallback: boolean): void {
    const { name } = edge.model;
    const text = 'most answers of the last 10 s came from the fallback';
    if (isFallback) this.#once('fallback-became-normal', name, text);
    else this.#once('fallback-normal-ended', name, 'most answers come from the callee again');
  }

  breakerChanged(edge: Named, from: BreakerState, to: BreakerState): void {
    const kind =
      to === 'open'
        ? 'breaker-opened'
        : to === 'half-open'
          ? 'breaker-half-opened'
          : 'breaker-closed';
    this.add(kind, edge.model.name, `${from} -> ${to}`);
  }

  limitMoved(edge: Named, from: number, to: number): void {
    this.add(
      'limit-moved',
      edge.model.name,
      `adaptive limit ${Math.round(from)} -> ${Math.round(to)}`,
    );
  }

  endpointEjected(edge: Named, replica: number, forMs: number, why: string): void {
    const text = `replica ${replica + 1} is left out for ${forMs / 1000} s: ${why}`;
    this.add('replica-ejected', edge.model.name, text);
  }

  #once(kind: RunEvent['kind'], subject: string, text: string): void {
    const key = `${kind} ${subject}`;
    const nowNs = this.#now();
    const lastNs = this.#lastNs.get(key);
    this.#lastNs.set(key, nowNs);
    if (lastNs === undefined || nowNs - lastNs > QUIET_NS) this.add(kind, subject, text);
  }
}
