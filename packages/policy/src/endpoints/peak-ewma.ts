import type { Analysis } from '../random/analysis.ts';
import type { Endpoint } from './endpoint.ts';

/** The share of failures counts up to here: an endpoint that only fails still has a finite cost. */
const FAILURE_SHARE_MAX = 0.99;

/** More than any estimate: of endpoints that nothing is known of, each gets one attempt first. */
const UNKNOWN_MS = 1e9;

/**
 * What an attempt costs at an endpoint, after the peak-EWMA of Finagle and Linkerd: an
 * exponentially weighted mean of the latency that rises at once to a higher one and falls slowly,
 * times the attempts that run there and one more. It decays without traffic, too, so that an
 * endpoint that was slow is tried again now and then.
 *
 * A failure that comes quickly would make an endpoint look fast, and be fed for it (linkerd2
 * #11669). So failures do not lower the latency, and their weighted share f raises the cost: to
 * (latency + f × penalty) / (1 − f), what a success costs where attempts are paid until one comes.
 */
export class PeakEwma {
  private readonly decayMs: number;
  private readonly penaltyMs: number;
  private readonly analysis: Analysis;

  /**
   * @param decayMs After this time without news an estimate has fallen to 1/e.
   * @param penaltyMs What a failure costs beside the time that it took.
   */
  constructor(decayMs: number, penaltyMs: number, analysis: Analysis) {
    this.decayMs = decayMs;
    this.penaltyMs = penaltyMs;
    this.analysis = analysis;
  }

  /** In milliseconds times attempts; only the order means something. */
  load(endpoint: Endpoint, nowMs: number): number {
    const { pending, failureShare, latencyMs, estimatedMs } = endpoint;
    if (estimatedMs === -Infinity) return UNKNOWN_MS * pending;
    const weight = this.weight(nowMs - estimatedMs);
    const share = Math.min(FAILURE_SHARE_MAX, failureShare * weight);
    const costMs = (latencyMs * weight + share * this.penaltyMs) / (1 - share);
    return costMs * (pending + 1);
  }

  succeeded(endpoint: Endpoint, durationMs: number, nowMs: number): void {
    const weight = this.weigh(endpoint, nowMs);
    const { latencyMs } = endpoint;
    const mean = latencyMs * weight + durationMs * (1 - weight);
    endpoint.latencyMs = durationMs > latencyMs ? durationMs : mean;
    endpoint.failureShare *= weight;
  }

  failed(endpoint: Endpoint, durationMs: number, nowMs: number): void {
    const weight = this.weigh(endpoint, nowMs);
    this.tookAtLeast(endpoint, durationMs);
    endpoint.failureShare = endpoint.failureShare * weight + (1 - weight);
  }

  /** An attempt was cut off after this time, for what the endpoint had no part in. */
  tookAtLeast(endpoint: Endpoint, durationMs: number): void {
    if (durationMs > endpoint.latencyMs) endpoint.latencyMs = durationMs;
  }

  /** The weight of the estimates so far, which are as of now from here on. */
  private weigh(endpoint: Endpoint, nowMs: number): number {
    const weight = this.weight(nowMs - endpoint.estimatedMs);
    endpoint.estimatedMs = nowMs;
    return weight;
  }

  private weight(ageMs: number): number {
    return ageMs === 0 ? 1 : this.analysis.exp(-ageMs / this.decayMs);
  }
}
