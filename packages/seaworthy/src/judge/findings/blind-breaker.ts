import type { BreakerSettings } from '@seaworthy/policy/engine';

import type { Edge, Model } from '../../model/model.ts';
import type { Interval } from '../../signals/run.ts';
import { total } from '../totals.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, momentText, numberText, rateText, roughShareText } from '../words.ts';
import { callersOf } from './callers.ts';
import { callPath, changeOf, changesOf, fileDuration, roundedDown } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import { longestStretch, spanOf, type Stretch, windowFrom } from './stretch.ts';
import type { RunView } from './view.ts';

/** What an attempt can come to that is the dependency's doing, or would be with more time. */
const failures = ['error', 'overloaded', 'reset', 'unreachable', 'timeout', 'deadline'];

/** What a breaker that knows no share should open for. */
const usualShare = 0.5;

/** The share of a window goes up and down: what is just at the threshold need not be seen. */
const clearly = 1.2;

/** Of many callers a few may open, for what came together at them by chance. */
const hardlyAny = 0.1;

const attemptsNeeded = 20;
const atLeastMs = 10_000;

/** What the breaker of an edge could have seen, all callers together. */
interface Sight {
  readonly seconds: number;
  readonly ended: number;
  readonly failed: number;
  /** Of them those that the deadline cut off, which is no failure where a timeout is set. */
  readonly cutOff: number;
  /** The share of the breakers that were not closed, mean over the time. */
  readonly openShare: number;
}

/** A breaker that stays closed while as much fails as it was set to open for. */
export function detectBlindBreakers(view: RunView): readonly Occurrence[] {
  return view.model.edges.flatMap((edge, index) => {
    const { breaker } = edge.policy;
    if (breaker === undefined) return [];
    const share = Math.min(1, clearly * (breaker.failureShare ?? usualShare));
    const flags = view.steps.map((_, step) => {
      const sight = sightOf(view, index, windowFrom(view, step));
      return (
        sight.ended >= attemptsNeeded &&
        sight.failed >= share * sight.ended &&
        sight.openShare < hardlyAny
      );
    });
    const stretch = longestStretch(view, flags, Math.max(atLeastMs, breaker.withinMs));
    if (stretch === undefined) return [];
    const sight = sightOf(view, index, stretch);
    // Short gaps are part of a stretch; a breaker that opened in one of them is not blind.
    if (sight.openShare >= hardlyAny) return [];
    const cause = causeOf(view.model, edge, breaker, sight);
    return cause === undefined ? [] : [occurrenceOf(view, edge, stretch, sight, cause)];
  });
}

function sightOf(view: RunView, edge: number, stretch: Stretch): Sight {
  const sum = { seconds: 0, ended: 0, failed: 0, cutOff: 0, openShare: 0 };
  for (const step of view.steps.slice(stretch.from, stretch.to)) {
    for (const interval of step.intervals) addTo(sum, interval, edge);
  }
  return { ...sum, openShare: sum.openShare / sum.seconds };
}

function addTo(sum: { -readonly [K in keyof Sight]: number }, interval: Interval, edge: number) {
  const sample = interval.edges[edge];
  if (sample === undefined) return;
  const failed = total(sample.attemptsFailed, failures);
  const seconds = (interval.toMs - interval.fromMs) / 1000;
  sum.seconds += seconds;
  sum.ended += sample.succeeded + failed;
  sum.failed += failed;
  sum.cutOff += sample.attemptsFailed['deadline'] ?? 0;
  sum.openShare += sample.breakerOpenShare * seconds;
}

interface Cause {
  readonly text: string;
  readonly changes: readonly SuggestedChange[];
}

function causeOf(
  model: Model,
  edge: Edge,
  breaker: BreakerSettings,
  sight: Sight,
): Cause | undefined {
  return (
    cutOffCause(edge, sight) ??
    tooFewCause(model, edge, breaker, sight) ??
    noShareCause(edge, breaker, sight)
  );
}

/** The deadline ends attempts before their timeout does: that says nothing about the callee. */
function cutOffCause(edge: Edge, { failed, cutOff }: Sight): Cause | undefined {
  const { timeoutMs, deadlineMs, retry } = edge.policy;
  if (timeoutMs === undefined || deadlineMs === undefined || cutOff < failed / 2) return undefined;
  const fits = roundedDown((0.9 * deadlineMs) / Math.min(3, retry?.attempts ?? 1));
  const why = `an attempt that ends by its timeout counts; one that the deadline cuts off does not`;
  return {
    text: `${roughShareText(cutOff / failed)} of them cut off by the deadline of ${durationText(deadlineMs)}, before the timeout of ${durationText(timeoutMs)}: such an attempt does not count`,
    changes: changesOf(changeOf(callPath(edge, 'timeout'), fileDuration(fits), why)),
  };
}

/** Each caller has a breaker of its own, and sees its own attempts only. */
function tooFewCause(
  model: Model,
  edge: Edge,
  { failureShare, minimumCalls, withinMs }: BreakerSettings,
  sight: Sight,
): Cause | undefined {
  if (failureShare === undefined) return undefined;
  const callers = callersOf(model, edge);
  const perWindow = ((sight.ended / sight.seconds) * withinMs) / 1000 / callers;
  if (perWindow >= minimumCalls) return undefined;
  const few = Math.max(1, Math.floor(perWindow / 2));
  const longer = Math.ceil((2 * minimumCalls * withinMs) / perWindow / 1000);
  const each = callers > 1 ? `each of ${numberText(callers)} callers` : 'the caller';
  return {
    text: `${each} ends ${numberText(perWindow)} attempts in ${durationText(withinMs)}; no share is judged from fewer than ${numberText(minimumCalls)}`,
    changes: changesOf(
      few < minimumCalls && few >= 3
        ? changeOf(callPath(edge, 'breaker.of'), few, 'half of what comes in a window')
        : undefined,
      changeOf(
        callPath(edge, 'breaker.within'),
        `${longer}s`,
        `twice the time in which ${numberText(minimumCalls)} attempts end`,
      ),
    ),
  };
}

function noShareCause(
  edge: Edge,
  { failureShare, consecutiveFailures }: BreakerSettings,
  sight: Sight,
): Cause | undefined {
  if (failureShare !== undefined) return undefined;
  const row =
    consecutiveFailures === undefined
      ? 'it opens for slow attempts only'
      : `it opens for ${numberText(consecutiveFailures)} failures in a row only, and some succeed in between`;
  const why = `opens at a share of ${roughShareText(sight.failed / sight.ended)} as well`;
  return {
    text: row,
    changes: changesOf(changeOf(callPath(edge, 'breaker.failures'), '50%', why)),
  };
}

function occurrenceOf(
  view: RunView,
  edge: Edge,
  stretch: Stretch,
  sight: Sight,
  { text, changes }: Cause,
): Occurrence {
  const span = spanOf(view, stretch);
  const share = roughShareText(sight.failed / sight.ended);
  return {
    key: `blind-breaker ${edge.name}`,
    id: 'blind-breaker',
    title: `the breaker of ${edge.name} stayed closed for ${durationText(span.toMs - span.fromMs)} in which ${share} of the attempts failed`,
    severity: 'medium',
    effect: sight.failed,
    ...span,
    edges: [edge.name],
    services: [view.model.services[edge.to]?.name ?? ''],
    numbers: [
      `${rateText(sight.failed / sight.seconds)} of ${rateText(sight.ended / sight.seconds)} attempts failed, from ${momentText(span.fromMs)} to ${momentText(span.toMs)}`,
      text,
      ...(sight.openShare > 0 ? [`${roughShareText(sight.openShare)} of the breakers opened`] : []),
    ],
    changes,
  };
}
