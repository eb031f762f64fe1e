import type { PolicySettings } from '@seaworthy/policy/engine';
import { reasonNames } from '@seaworthy/policy/engine';

import type { Edge, Model } from '../../model.ts';
import type { CallEdge, PolicyLayer, Setting } from '../landscape.ts';
import type { ModelFile } from './model-file.ts';

/** The edges of a model, each with one layer: the policy that the application keeps. */
export function edgesOf(file: ModelFile): readonly CallEdge[] {
  return file.model.edges.map((edge) => ({
    from: callerName(file.model, edge),
    to: file.model.services[edge.to]!.name,
    found: { value: 'model', origin: file.position('calls', edge.name) },
    layers: [layerOf(file, edge)],
    writes: undefined,
    optional: undefined,
    measured: undefined,
  }));
}

function callerName(model: Model, { from }: Edge): string {
  const lists = { service: model.services, source: model.sources, queue: model.queues };
  return lists[from.kind][from.index]!.name;
}

function layerOf(file: ModelFile, edge: Edge): PolicyLayer {
  const { policy } = edge;
  const path = ['calls', edge.name];
  const time = (ms: number | undefined, key: string): Setting<number> =>
    ms === undefined ? file.none(Infinity, ...path) : file.setting(ms, ...path, key);
  // Users wait as long as they like: of a source, only what the file says is known.
  const isSource = edge.from.kind === 'source';
  return {
    who: 'application',
    kind: 'application',
    at: file.position(...path),
    ...(isSource && policy.deadlineMs === undefined
      ? {}
      : { timeoutMs: time(policy.deadlineMs, 'deadline') }),
    ...(isSource && policy.timeoutMs === undefined
      ? {}
      : { tryTimeoutMs: time(policy.timeoutMs, 'timeout') }),
    ...retryOf(file, edge),
    ...breakerOf(file, edge),
    ...limitOf(file, edge),
    ...hedgeOf(file, edge),
    ...(edge.fallbacks.length > 0 && {
      fallback: file.setting(String(edge.fallbacks.length), ...path, 'fallback'),
    }),
    abortsOnTimeout: file.none(true, ...path),
    propagatesDeadline: file.setting(edge.propagate, ...path, 'propagate'),
  };
}

type Part = Partial<PolicyLayer>;

function retryOf(file: ModelFile, { name, policy }: Edge): Part {
  const { retry } = policy;
  if (retry === undefined) return {};
  const path = ['calls', name, 'retry'];
  const { backoff } = retry;
  const share = { none: 0, full: 1, equal: 0.5, decorrelated: 1, smooth: 1 };
  const jitter = typeof backoff.jitter === 'number' ? backoff.jitter : share[backoff.jitter];
  return {
    attempts: file.setting(retry.attempts, ...path, 'attempts'),
    backoff: {
      baseMs: file.setting(backoff.baseMs, ...path, 'backoff', 'base'),
      capMs: file.setting(backoff.capMs, ...path, 'backoff', 'cap'),
      factor: file.setting(backoff.factor, ...path, 'backoff', 'factor'),
      jitterShare: file.setting(jitter, ...path, 'backoff', 'jitter'),
    },
    retryOn: file.setting(
      [...retry.on].map((reason) => reasonNames[reason]),
      ...path,
      'on',
    ),
    honoursRetryAfter: file.none(true, ...path),
    ...(retry.budget && { budget: budgetOf(file, retry.budget, [...path, 'budget']) }),
  };
}

type BudgetSettings = NonNullable<NonNullable<PolicySettings['retry']>['budget']>;

function budgetOf(file: ModelFile, budget: BudgetSettings, path: readonly string[]) {
  return {
    share: file.setting(budget.share, ...path, 'share'),
    floorPerSecond: file.setting(budget.floorPerSecond, ...path, 'floor'),
  };
}

function breakerOf(file: ModelFile, { name, policy }: Edge): Part {
  const { breaker } = policy;
  if (breaker === undefined) return {};
  const path = ['calls', name, 'breaker'];
  const { failureShare, consecutiveFailures } = breaker;
  return {
    breaker: {
      ...(failureShare !== undefined && {
        failureShare: file.setting(failureShare, ...path, 'failures'),
      }),
      ...(consecutiveFailures !== undefined && {
        consecutive: file.setting(consecutiveFailures, ...path, 'consecutive'),
      }),
      volume: file.setting(breaker.minimumCalls, ...path, 'of'),
      windowMs: file.setting(breaker.withinMs, ...path, 'within'),
      openMs: file.setting(breaker.openMs, ...path, 'open'),
      probes: file.setting(breaker.probes, ...path, 'probes'),
      outsideRetry: file.none(false, ...path),
    },
  };
}

function limitOf(file: ModelFile, { name, policy }: Edge): Part {
  const { limit } = policy;
  if (limit === undefined) return {};
  const path = ['calls', name, 'limit'];
  const { concurrency, queue } = limit;
  const slots = typeof concurrency === 'number' ? concurrency : concurrency.max;
  return {
    inFlightMax: file.none(slots, ...path),
    // Unsaid: as many as there are slots.
    pendingMax: file.none(queue.limit ?? slots, ...path, 'queue', 'limit'),
    ...(queue.maxWaitMs !== undefined && {
      acquireTimeoutMs: file.setting(queue.maxWaitMs, ...path, 'queue', 'maxWait'),
    }),
  };
}

function hedgeOf(file: ModelFile, { name, policy }: Edge): Part {
  const delay = policy.hedge?.delay;
  if (typeof delay !== 'number') return {};
  return { hedgeAfterMs: file.setting(delay, 'calls', name, 'hedge') };
}
