import { exp, log, type RandomStream } from '@seaworthy/policy/engine';

import type { Distribution } from '../model.ts';
import { DrawnAhead } from './drawn-ahead.ts';
import { exponential, normal } from './ziggurat.ts';

const CONSTANT = 0;
const EXPONENTIAL = 1;
const ERLANG = 2;
const LOG_NORMAL = 3;
const NORMAL = 4;
const UNIFORM = 5;
const QUANTILES = 6;
const MIXTURE = 7;

/** The 99th percentile of the standard normal distribution. */
const NORMAL_P99 = 2.3263478740408408;

export const NS_PER_MS = 1e6;

/**
 * Draws times in nanoseconds. One class with a switch, so that the call in the hot loop stays
 * monomorphic.
 */
export class Sampler {
  /** Always this time, so that there is nothing to draw; -1 when it varies. */
  readonly constantNs: number;
  private readonly random: RandomStream;
  private readonly kind: number;
  /** Scale or first parameter, in nanoseconds (log-normal: the location). */
  private readonly a: number;
  /** Second parameter. */
  private readonly b: number;
  private readonly shares: Float64Array;
  private readonly valuesNs: Float64Array;
  private readonly parts: readonly Sampler[];

  constructor(distribution: Distribution, random: RandomStream) {
    this.random = random;
    const shape = parameters(distribution, random);
    this.kind = shape.kind;
    this.a = shape.a;
    this.b = shape.b ?? 0;
    this.shares = Float64Array.from(shape.shares ?? []);
    this.valuesNs = Float64Array.from(shape.valuesNs ?? []);
    this.parts = shape.parts ?? [];
    this.constantNs = shape.kind === CONSTANT ? Math.round(shape.a) : -1;
  }

  /** For one whose stream is its own: the same draws, many at a time. */
  ahead(): DrawnAhead {
    return new DrawnAhead((draws) => {
      for (let at = 0; at < draws.length; at++) draws[at] = this.next();
    });
  }

  /** In nanoseconds, not rounded, at least 0. */
  next(): number {
    switch (this.kind) {
      case CONSTANT:
        return this.a;
      case EXPONENTIAL:
        return this.a * exponential(this.random);
      case ERLANG: {
        let sum = 0;
        for (let stage = 0; stage < this.b; stage++) sum += exponential(this.random);
        return this.a * sum;
      }
      case LOG_NORMAL:
        return exp(this.a + this.b * normal(this.random));
      case NORMAL:
        return Math.abs(this.a + this.b * normal(this.random));
      case UNIFORM:
        return this.a + (this.b - this.a) * this.random.next();
      case QUANTILES:
        return this.quantile(this.random.next());
      default:
        return this.part(this.random.next()).next();
    }
  }

  private quantile(share: number): number {
    const shares = this.shares;
    let low = 0;
    let high = shares.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (shares[middle]! <= share) low = middle;
      else high = middle;
    }
    const width = shares[high]! - shares[low]!;
    const along = width > 0 ? (share - shares[low]!) / width : 1;
    return this.valuesNs[low]! + along * (this.valuesNs[high]! - this.valuesNs[low]!);
  }

  private part(share: number): Sampler {
    const shares = this.shares;
    let part = 0;
    while (part < shares.length - 1 && share >= shares[part]!) part++;
    return this.parts[part]!;
  }
}

interface Parameters {
  readonly kind: number;
  readonly a: number;
  readonly b?: number;
  readonly shares?: readonly number[];
  readonly valuesNs?: readonly number[];
  readonly parts?: readonly Sampler[];
}

function parameters(distribution: Distribution, random: RandomStream): Parameters {
  switch (distribution.kind) {
    case 'constant':
      return { kind: CONSTANT, a: distribution.valueMs * NS_PER_MS };
    case 'exponential':
      return { kind: EXPONENTIAL, a: distribution.meanMs * NS_PER_MS };
    case 'erlang': {
      const { meanMs, stages } = distribution;
      return { kind: ERLANG, a: (meanMs / stages) * NS_PER_MS, b: stages };
    }
    case 'log-normal':
      return logNormal(distribution.p50Ms * NS_PER_MS, distribution.p99Ms * NS_PER_MS);
    case 'normal': {
      const { meanMs, deviationMs } = distribution;
      return { kind: NORMAL, a: meanMs * NS_PER_MS, b: deviationMs * NS_PER_MS };
    }
    case 'uniform': {
      const { fromMs, toMs } = distribution;
      return { kind: UNIFORM, a: fromMs * NS_PER_MS, b: toMs * NS_PER_MS };
    }
    case 'quantiles': {
      const { points } = distribution;
      const shares = points.map((point) => point.share);
      return { kind: QUANTILES, a: 0, shares, valuesNs: points.map((p) => p.valueMs * NS_PER_MS) };
    }
    case 'mixture': {
      let sum = 0;
      const shares = distribution.parts.map((part) => (sum += part.share));
      const parts = distribution.parts.map((part) => new Sampler(part.of, random));
      return { kind: MIXTURE, a: 0, shares, parts };
    }
  }
}

/**
 * Through both points: the median is exp(location), the 99th percentile lies 2.326 deviations above
 * it.
 */
function logNormal(p50Ns: number, p99Ns: number): Parameters {
  if (p50Ns <= 0) return { kind: CONSTANT, a: 0 };
  return { kind: LOG_NORMAL, a: log(p50Ns), b: log(p99Ns / p50Ns) / NORMAL_P99 };
}
