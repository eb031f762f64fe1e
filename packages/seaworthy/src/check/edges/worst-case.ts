import type { CallEdge, PolicyLayer } from '../../model/import/landscape.ts';
import { context, count, duration } from '../evidence.ts';
import type { Evidence } from '../finding.ts';
import { delaysMs } from './backoff.ts';
import { layerName } from './edge.ts';

/** A time, and the settings that make it. */
export interface Bound {
  /** Infinity: nothing bounds it. */
  readonly ms: number;
  readonly numbers: readonly Evidence[];
}

const unbounded: Bound = { ms: Infinity, numbers: [] };

/**
 * The longest that a call over an edge may take, when the callee never answers: for each layer
 * min(timeout, attempts × (wait for a slot + one attempt) + delays), where one attempt of a layer
 * is the whole call of the layer within.
 */
export function worstCase(edge: CallEdge): Bound {
  return edge.layers.reduceRight((inner, layer) => ofLayer(edge, layer, inner), unbounded);
}

function ofLayer(edge: CallEdge, layer: PolicyLayer, inner: Bound): Bound {
  const name = layerName(edge, layer);
  const attempt = lesser(inner, `timeout of an attempt of ${name}`, layer.tryTimeoutMs);
  const tries = withRetries(name, layer, attempt);
  const whole = lesser(tries, `timeout of ${name}`, layer.timeoutMs);
  return lesser(whole, `timeout of the breaker of ${name}`, layer.breaker?.timeoutMs);
}

function withRetries(name: string, layer: PolicyLayer, attempt: Bound): Bound {
  const { attempts, backoff, acquireTimeoutMs: wait } = layer;
  const tries = attempts?.value ?? 1;
  // A pool says when waiting for a slot ends; what says nothing of it has no slots.
  const waited = attempt.ms + (attempt.ms === Infinity ? 0 : (wait?.value ?? 0));
  const numbers = [...attempt.numbers];
  if (wait !== undefined) numbers.push(duration(`wait for a slot of ${name}`, wait));
  if (attempts === undefined || tries <= 1) return { ms: waited, numbers };
  numbers.push(count(`attempts of ${name}`, attempts));
  if (backoff !== undefined) {
    numbers.push(context(duration(`first delay of ${name}`, backoff.baseMs)));
  }
  return { ms: tries * waited + delaysMs(layer), numbers };
}

function lesser(bound: Bound, name: string, limit: PolicyLayer['timeoutMs']): Bound {
  if (limit === undefined || limit.value >= bound.ms) return bound;
  return { ms: limit.value, numbers: [duration(name, limit)] };
}

/**
 * After how long the first of all layers gives one attempt up: what the callee has to answer in.
 */
export function attemptPatience(edge: CallEdge): Bound {
  let patience = unbounded;
  for (const layer of edge.layers) {
    const name = layerName(edge, layer);
    patience = lesser(patience, `timeout of an attempt of ${name}`, layer.tryTimeoutMs);
    patience = lesser(patience, `timeout of ${name}`, layer.timeoutMs);
    patience = lesser(patience, `timeout of the breaker of ${name}`, layer.breaker?.timeoutMs);
  }
  return patience;
}
