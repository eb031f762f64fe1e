import type { BreakerState } from '../call/host.ts';
import type { BreakerSettings } from '../call/settings.ts';
import type { Random } from '../random/random.ts';
import { BucketRing } from '../time/bucket-ring.ts';
import { ProbeLeases } from './probe-leases.ts';

/**
 * What a permission came to. `ignored`: it says nothing about the dependency (the caller gave up, a
 * local rejection).
 */
export type BreakerResult = 'success' | 'failure' | 'ignored';

/** The window is kept in this many buckets; one expires at a time. */
const bucketCount = 10;
/** Decimal shares are not exact in binary: 0.07 × 100 is a little more than 7. */
const tolerance = 1e-9;
/** What {@link CircuitBreaker.acquire} answers when it refuses. */
const refused = -1;

/** The series of its ring. */
export const calls = 0;
export const failed = 1;
export const slow = 2;
const seriesCount = 3;

/**
 * A circuit breaker. Closed, it counts results in a ring of ten buckets and opens on the share that
 * failed, on the share that was slow, or on failures in a row. Open, it refuses. Then half-open, it
 * lets `probes` attempts through, and refuses the others at once: nothing ever waits for a probe.
 * When all of them succeed it closes; when one fails, or is slow, it opens again, for longer.
 *
 * Each permission is a number that belongs to one state: a result from before a change is ignored
 * after it. A probe's permission is leased, so that one whose result never comes is given to
 * another call.
 *
 * The first opening lasts `openMs` exactly. Each after it, nominally twice the one before, to at
 * most `openMaxMs`, with equal jitter so that many breakers do not probe together, and never less
 * than `openMs`. It starts over only when the breaker stayed closed for as long as the last opening
 * (as in Effect): a relapse sooner counts as a failed probe.
 */
export class CircuitBreaker {
  /** Told of each change of state, in the call that causes it. */
  onChange: ((from: BreakerState, to: BreakerState) => void) | undefined = undefined;

  // `@internal`: for `memory.ts` and `reconfigure.ts` beside it. They are no methods of this class,
  // so that a bundle that does not use them does not hold them.
  /** @internal */
  settings: BreakerSettings;
  /** @internal Settings that every result is compared with. Infinity: never for that. */
  failuresInARowMax: number;
  /** @internal */
  failedShare: number;
  /** @internal */
  slowShare: number;
  /** @internal */
  slowOverMs: number;
  /** @internal */
  readonly random: Random;
  /** @internal */
  ring: BucketRing;
  private readonly leases: ProbeLeases;
  /** @internal */
  current: BreakerState = 'closed';
  /**
   * @internal Permissions are drawn from one counter: even for closed states, one a state; odd for
   * probes, one a probe.
   */
  permissions: number = 0;
  /** @internal */
  failuresInARow: number = 0;
  /** @internal */
  nominalOpenMs: number = 0;
  /** @internal */
  lastOpenMs: number = 0;
  /** @internal */
  openUntilMs: number = 0;
  /** @internal */
  closedSinceMs: number = -Infinity;

  constructor(settings: BreakerSettings, random: Random) {
    this.settings = settings;
    this.failuresInARowMax = settings.consecutiveFailures ?? Infinity;
    this.failedShare = settings.failureShare ?? Infinity;
    this.slowShare = settings.slow?.share ?? Infinity;
    this.slowOverMs = settings.slow?.overMs ?? Infinity;
    this.random = random;
    this.ring = new BucketRing(settings.withinMs / bucketCount, bucketCount, seriesCount);
    this.leases = new ProbeLeases(settings.probes);
  }

  /** How many attempts it lets through when it is half-open. */
  get probes(): number {
    return this.settings.probes;
  }

  state(nowMs: number): BreakerState {
    if (this.current === 'open' && nowMs >= this.openUntilMs) {
      this.leases.reset(this.settings.probes);
      this.change('half-open');
    }
    return this.current;
  }

  /** Whether `acquire` would refuse now. */
  refuses(nowMs: number): boolean {
    const state = this.state(nowMs);
    if (state === 'closed') return false;
    return state === 'open' || !this.leases.available(nowMs);
  }

  /**
   * A permission for one attempt, to be given back with its result, or −1: refused.
   *
   * @param leaseMs For how long a probe may go without a result before its permission is given to
   * another call: a little more than the attempt can take. Infinity: never, for callers that always
   * report.
   */
  acquire(nowMs: number, leaseMs: number): number {
    if (this.refuses(nowMs)) return refused;
    if (this.current === 'closed') return this.permissions * 2;
    this.permissions += 1;
    const permission = this.permissions * 2 + 1;
    this.leases.take(permission, nowMs, nowMs + leaseMs);
    return permission;
  }

  /** Whether the attempt with this permission decides if the breaker closes. */
  isProbe(permission: number): boolean {
    return permission % 2 === 1;
  }

  /**
   * The result of the attempt with this permission. Ignored when the state that granted it is over.
   */
  record(permission: number, result: BreakerResult, durationMs: number, nowMs: number): void {
    if (this.isProbe(permission)) this.recordProbe(permission, result, durationMs, nowMs);
    else if (this.current === 'closed' && permission === this.permissions * 2) {
      if (result !== 'ignored') this.count(result, durationMs, nowMs);
    }
  }

  /** For how long it lets nothing through, in milliseconds. 0: it does, or waits for probes. */
  openForMs(nowMs: number): number {
    return this.current === 'open' ? Math.max(0, this.openUntilMs - nowMs) : 0;
  }

  private count(result: BreakerResult, durationMs: number, nowMs: number): void {
    const ring = this.ring;
    ring.advance(nowMs);
    ring.add(calls);
    if (this.isSlow(durationMs)) ring.add(slow);
    if (result === 'failure') {
      ring.add(failed);
      this.failuresInARow += 1;
    } else this.failuresInARow = 0;
    if (this.trips()) this.open(nowMs);
  }

  private trips(): boolean {
    if (this.failuresInARow >= this.failuresInARowMax) return true;
    const total = this.ring.total(calls);
    if (total < this.settings.minimumCalls) return false;
    return (
      this.reaches(failed, this.failedShare * total) || this.reaches(slow, this.slowShare * total)
    );
  }

  /** At least one, even for a share of 0. */
  private reaches(series: number, threshold: number): boolean {
    const count = this.ring.total(series);
    return count > 0 && count >= threshold - tolerance;
  }

  private recordProbe(
    permission: number,
    result: BreakerResult,
    durationMs: number,
    nowMs: number,
  ): void {
    if (this.current !== 'half-open' || !this.leases.end(permission)) return;
    if (result === 'ignored') return;
    if (result === 'failure' || this.isSlow(durationMs)) this.open(nowMs);
    else if (this.leases.succeeded()) this.close(nowMs);
  }

  private isSlow(durationMs: number): boolean {
    return durationMs > this.slowOverMs;
  }

  private open(nowMs: number): void {
    const relapse = this.current === 'half-open' || nowMs - this.closedSinceMs < this.lastOpenMs;
    this.lastOpenMs = relapse ? this.longerOpenMs() : this.firstOpenMs();
    this.openUntilMs = nowMs + this.lastOpenMs;
    this.change('open');
  }

  private firstOpenMs(): number {
    this.nominalOpenMs = this.settings.openMs;
    return this.nominalOpenMs;
  }

  private longerOpenMs(): number {
    const { openMs, openMaxMs } = this.settings;
    this.nominalOpenMs = Math.min(openMaxMs, this.nominalOpenMs * 2);
    const half = this.nominalOpenMs / 2;
    return Math.max(openMs, half + half * this.random.next());
  }

  private close(nowMs: number): void {
    this.closedSinceMs = nowMs;
    this.failuresInARow = 0;
    this.ring.clear();
    this.change('closed');
  }

  /** @internal */
  change(to: BreakerState): void {
    const from = this.current;
    this.current = to;
    this.permissions += 1;
    this.onChange?.(from, to);
  }
}
