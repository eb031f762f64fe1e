import type { OutlierSettings } from '../call/settings.ts';
import type { Endpoint } from './endpoint.ts';

/** Why an endpoint was ejected. */
export type EjectionReason = 'consecutive-failures' | 'success-rate' | 'failure-share';

/**
 * Takes endpoints that behave worse than the others out of the choice for a while, after the
 * outlier detection of Envoy and gRPC (proposal A50): for failures in a row, at once; at the end of
 * each interval, for a success rate far below the mean of all, or a share of failures that is high
 * in itself. Each time for longer, and less long again for each interval in which it behaves.
 *
 * Never more than `shareMax` of the endpoints are out, at least one may be, and never all: where
 * all fail, the endpoints are not what is wrong. No timers: it is told the time.
 */
export class Outliers {
  /** How many are out now. */
  ejected: number = 0;
  onEject: ((endpoint: Endpoint, forMs: number, why: EjectionReason) => void) | undefined =
    undefined;
  onReturn: ((endpoint: Endpoint) => void) | undefined = undefined;

  private readonly settings: OutlierSettings;
  private endpoints: readonly Endpoint[] = [];
  private sweepMs: number = -Infinity;
  private nextReturnMs: number = Infinity;

  constructor(settings: OutlierSettings) {
    this.settings = settings;
  }

  /** How many endpoints may be out at once, of so many: see the class. */
  static allowed(count: number, shareMax: number): number {
    // A share of decimal digits times a count is a little less than the whole number that is meant.
    const most = Math.max(1, Math.floor(count * shareMax + 1e-9));
    return Math.max(0, Math.min(count - 1, most));
  }

  /** The endpoints from now on. Too many may be out of them: those return that were out longest. */
  setEndpoints(endpoints: readonly Endpoint[], nowMs: number): void {
    this.endpoints = endpoints;
    const out = endpoints.filter((endpoint) => endpoint.isEjected);
    this.ejected = out.length;
    const tooMany = out.length - this.allowed();
    out.sort((one, other) => one.ejectedUntilMs - other.ejectedUntilMs);
    for (const endpoint of out.slice(0, Math.max(0, tooMany))) this.takeBack(endpoint, nowMs);
    this.findNextReturn();
  }

  /** To be told the time before endpoints are chosen: some may be back, others go. */
  advance(nowMs: number): void {
    if (nowMs >= this.nextReturnMs) this.takeBackDue(nowMs);
    if (nowMs >= this.sweepMs) this.sweep(nowMs);
  }

  /** An attempt that started at `startedMs` has ended. */
  record(endpoint: Endpoint, isFailure: boolean, startedMs: number, nowMs: number): void {
    this.advance(nowMs);
    if (endpoint.isEjected || startedMs < endpoint.countsFromMs) return;
    endpoint.requests++;
    if (!isFailure) {
      endpoint.failuresInARow = 0;
      return;
    }
    endpoint.failures++;
    endpoint.failuresInARow++;
    if (endpoint.failuresInARow >= this.settings.consecutiveFailures) {
      this.eject(endpoint, 'consecutive-failures', nowMs);
    }
  }

  private allowed(): number {
    return Outliers.allowed(this.endpoints.length, this.settings.shareMax);
  }

  private eject(endpoint: Endpoint, why: EjectionReason, nowMs: number): void {
    if (endpoint.isEjected || this.ejected >= this.allowed()) return;
    // One that has left the set meanwhile is out of the choice anyway.
    if (!this.endpoints.includes(endpoint)) return;
    const { ejectMs, ejectMaxMs } = this.settings;
    endpoint.ejections++;
    const forMs = Math.max(ejectMs, Math.min(ejectMaxMs, ejectMs * endpoint.ejections));
    endpoint.isEjected = true;
    endpoint.ejectedUntilMs = nowMs + forMs;
    this.ejected++;
    this.nextReturnMs = Math.min(this.nextReturnMs, endpoint.ejectedUntilMs);
    forget(endpoint);
    this.onEject?.(endpoint, forMs, why);
  }

  private takeBackDue(nowMs: number): void {
    for (const endpoint of this.endpoints) {
      if (endpoint.isEjected && nowMs >= endpoint.ejectedUntilMs) this.takeBack(endpoint, nowMs);
    }
    this.findNextReturn();
  }

  private takeBack(endpoint: Endpoint, nowMs: number): void {
    endpoint.isEjected = false;
    endpoint.countsFromMs = nowMs;
    this.ejected--;
    forget(endpoint);
    this.onReturn?.(endpoint);
  }

  private findNextReturn(): void {
    this.nextReturnMs = Infinity;
    for (const { isEjected, ejectedUntilMs } of this.endpoints) {
      if (isEjected) this.nextReturnMs = Math.min(this.nextReturnMs, ejectedUntilMs);
    }
  }

  /** The end of an interval. One that ended long ago, without anyone to notice, judges nobody. */
  private sweep(nowMs: number): void {
    const { intervalMs } = this.settings;
    const isFirst = this.sweepMs === -Infinity;
    const lateMs = nowMs - this.sweepMs;
    this.sweepMs = nowMs + intervalMs;
    if (isFirst) return;
    const intervals = 1 + Math.floor(lateMs / intervalMs);
    for (const endpoint of this.endpoints) {
      if (!endpoint.isEjected) endpoint.ejections = Math.max(0, endpoint.ejections - intervals);
    }
    if (lateMs < intervalMs) {
      this.judgeSuccessRates(nowMs);
      this.judgeFailureShares(nowMs);
    }
    for (const endpoint of this.endpoints) {
      endpoint.requests = 0;
      endpoint.failures = 0;
    }
  }

  private judgeSuccessRates(nowMs: number): void {
    const { deviations, requests, endpoints } = this.settings.successRate;
    const judged = this.withAtLeast(requests);
    if (judged.length < endpoints) return;
    let sum = 0;
    for (const endpoint of judged) sum += successRate(endpoint);
    const mean = sum / judged.length;
    let squares = 0;
    for (const endpoint of judged) squares += (successRate(endpoint) - mean) ** 2;
    const least = mean - deviations * Math.sqrt(squares / judged.length);
    for (const endpoint of judged) {
      if (successRate(endpoint) < least) this.eject(endpoint, 'success-rate', nowMs);
    }
  }

  private judgeFailureShares(nowMs: number): void {
    const { share, requests, endpoints } = this.settings.failureShare;
    const judged = this.withAtLeast(requests);
    if (judged.length < endpoints) return;
    for (const endpoint of judged) {
      if (endpoint.failures > share * endpoint.requests) {
        this.eject(endpoint, 'failure-share', nowMs);
      }
    }
  }

  private withAtLeast(requests: number): readonly Endpoint[] {
    return this.endpoints.filter(
      (endpoint) => !endpoint.isEjected && endpoint.requests >= requests,
    );
  }
}

function successRate({ requests, failures }: Endpoint): number {
  return (requests - failures) / requests;
}

function forget(endpoint: Endpoint): void {
  endpoint.requests = 0;
  endpoint.failures = 0;
  endpoint.failuresInARow = 0;
}
