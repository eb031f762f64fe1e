import type { Edge } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, numberText, rateText, roughShareText } from '../words.ts';
import { cacheIn, type CachePart } from './cache-part.ts';
import { callPath, changeOf, changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import type { EdgePart } from './part.ts';
import {
  edgeIn,
  harmedIn,
  longestStretch,
  serviceIn,
  spanOf,
  type Stretch,
  windowFrom,
} from './stretch.ts';
import type { RunView } from './view.ts';

/** Every second recomputation is of a key that is being recomputed already: half of it is waste. */
const duplicateShare = 0.5;

/** Fewer for one key at once are what a few replicas with a cache each do. */
const sameKeyNeeded = 5;

/** Fewer flights in five seconds make no load. */
const flightsNeeded = 20;

/** The callee feels it: one attempt in ten fails for load, or waiting takes longer than serving. */
const failedByLoad = 0.1;

/** A queue that is worked off sooner did no harm worth a finding. */
const atLeastMs = 3000;

/**
 * The same key recomputed many times at once, after it expired or was lost, at a callee that cannot
 * take it: the check for a cached value and the recomputation overlap between requests.
 */
export function detectStampedes(view: RunView): readonly Occurrence[] {
  return view.model.edges.flatMap((edge, index) => {
    if (edge.policy.cache === undefined) return [];
    const flags = view.steps.map((_, step) => stampedes(view, edge, index, step));
    const stretch = longestStretch(view, flags, atLeastMs);
    if (stretch === undefined || !harmedIn(view, stretch)) return [];
    return [stampedeOf(view, edge, index, stretch)];
  });
}

function stampedes(view: RunView, edge: Edge, index: number, step: number): boolean {
  // The window looks ahead: the stampede is not here before its own second has duplicates.
  if (cacheIn(view, index, { from: step, to: step + 1 }).duplicates === 0) return false;
  const window = windowFrom(view, step);
  const cache = cacheIn(view, index, window);
  if (cache.recomputed < flightsNeeded || cache.sameKeyMax < sameKeyNeeded) return false;
  if (cache.duplicates < duplicateShare * cache.recomputed) return false;
  const calls = edgeIn(view, index, window);
  if (calls.attemptsFailedByLoad >= failedByLoad * calls.attemptsEnded) return true;
  const callee = serviceIn(view, edge.to, window);
  return callee.waitMeanMs > callee.serviceMeanMs;
}

function stampedeOf(view: RunView, edge: Edge, index: number, stretch: Stretch): Occurrence {
  const span = spanOf(view, stretch);
  const cache = cacheIn(view, index, stretch);
  const calls = edgeIn(view, index, stretch);
  const callee = view.model.services[edge.to]?.name ?? '';
  // What it has come to: at first, every recomputation still succeeds.
  const tail = edgeIn(view, index, {
    from: Math.max(stretch.from, stretch.to - 10),
    to: stretch.to,
  });
  const fed = tail.attemptsFailedByLoad >= tail.attemptsEnded / 2;
  return {
    key: `stampede ${edge.name}`,
    id: 'stampede',
    title: `stampede on ${edge.name}: ${numberText(cache.sameKeyMax)} recomputations of one key at once`,
    severity: fed ? 'critical' : 'high',
    effect: cache.duplicates,
    ...span,
    edges: [edge.name],
    services: [callee],
    numbers: numbersOf(view, edge, index, cache, calls, stretch),
    sustainingEffect: sustaining(edge, calls, callee, fed),
    changes: changesOf(...cures(edge, cache)),
  };
}

function numbersOf(
  view: RunView,
  edge: Edge,
  index: number,
  cache: CachePart,
  calls: EdgePart,
  stretch: Stretch,
): readonly string[] {
  const before = { from: 0, to: stretch.from };
  const calm = stretch.from > 0 ? cacheIn(view, index, before) : undefined;
  const callee = serviceIn(view, edge.to, stretch);
  const numbers = [
    `${perSecond(cache)} recomputations${was(calm && perSecond(calm))}: ` +
      `${roughShareText(cache.duplicates / cache.recomputed)} of keys that were being recomputed`,
    `the cache answered ${roughShareText(cache.answeredShare)} of the calls` +
      was(calm && calm.asked > 0 ? roughShareText(calm.answeredShare) : undefined),
  ];
  if (callee.waitMeanMs > 0) {
    const name = view.model.services[edge.to]?.name ?? '';
    numbers.push(`mean wait at ${name} ${durationText(callee.waitMeanMs)}`);
  }
  if (calls.attemptsFailed > 0) {
    const failed = calls.attemptsFailed / calls.attemptsEnded;
    numbers.push(`${roughShareText(failed)} of the recomputations failed`);
  }
  return numbers;
}

function was(text: string | undefined): string {
  return text === undefined ? '' : ` (${text} before)`;
}

function perSecond(part: CachePart): string {
  return rateText(part.recomputed / part.seconds);
}

function sustaining(edge: Edge, calls: EdgePart, callee: string, fed: boolean): string {
  const { timeoutMs } = edge.policy;
  if (fed && timeoutMs !== undefined && calls.timeouts >= calls.attemptsFailed / 2) {
    return (
      `answers of ${callee} come after the timeout of ${durationText(timeoutMs)} and are not ` +
      'kept, so that every later call misses, too'
    );
  }
  if (fed) return `${callee} fails for load, nothing is kept, and every later call misses, too`;
  return `until the first answer is there, every call that misses asks ${callee} again`;
}

function cures(edge: Edge, cache: CachePart): readonly (SuggestedChange | undefined)[] {
  const settings = edge.policy.cache!;
  if (!settings.singleFlight) {
    const why = `one caller recomputes a key once, where ${numberText(cache.sameKeyMax)} did at a time`;
    return [changeOf(callPath(edge, 'cache.singleFlight'), true, why), refresh(edge)];
  }
  // One flight a caller, and still many for one key: there are many callers.
  return [edge.cache?.shared === true ? undefined : share(edge), refresh(edge)];
}

function share(edge: Edge): SuggestedChange {
  const why = 'each caller fills a cache of its own: what one has fetched serves all';
  return changeOf(callPath(edge, 'cache.shared'), true, why);
}

/** Keys are refreshed before calls can miss them. It does not help after a flush. */
function refresh(edge: Edge): SuggestedChange | undefined {
  if (edge.policy.cache!.early > 0) return undefined;
  const why = 'refreshes a popular key at random before its end, while it still answers';
  return changeOf(callPath(edge, 'cache.early'), 1, why);
}
