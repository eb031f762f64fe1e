import type { AdaptiveSettings } from '@seaworthy/policy/engine';

import type { Edge } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, momentText, numberText, rateText } from '../words.ts';
import { callPath, changeOf, changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import type { EdgePart } from './part.ts';
import { edgeIn, harmedIn, longestStretch, spanOf, type Stretch, windowFrom } from './stretch.ts';
import type { RunView } from './view.ts';

/** An adaptive limit moves by a slot a second: in less it has had no time. */
const atLeastMs = 20_000;
/** In use to this share it is what bounds the calls. */
const inUse = 0.8;
/** Half as many again is no noise, of the limit or of durations. */
const muchMore = 1.5;
/** More slots that bring less than this bring nothing. */
const hardlyMore = 1.15;
/** An attempt that takes so many times its usual time is queueing at the callee. */
const queueing = 2;

interface Adaptive {
  readonly edge: Edge;
  readonly index: number;
  readonly settings: AdaptiveSettings;
}

/**
 * Adaptive limits that do not find what the callee takes: they grow with the latency that they
 * cause, or stand at a bound of theirs that the callee cannot carry.
 */
export function detectDriftingLimits(view: RunView): readonly Occurrence[] {
  return view.model.edges.flatMap((edge, index) => {
    const settings = edge.policy.limit?.concurrency;
    if (typeof settings !== 'object') return [];
    const of = { edge, index, settings };
    const found = pinnedAtMin(view, of) ?? grownWithLatency(view, of);
    return found === undefined ? [] : [found];
  });
}

function isInUse(part: EdgePart | undefined): boolean {
  return part !== undefined && part.limit > 0 && part.inFlightMean >= inUse * part.limit;
}

/** What an attempt takes without a queue, as far as the run shows it: in the calm, or at best. */
function usualMs(view: RunView, index: number): number {
  const calm = view.calmEdges?.[index]?.heldMeanMs;
  if (calm !== undefined && calm > 0) return calm;
  const held = view.steps.map((_, step) => edgeIn(view, index, windowFrom(view, step)).heldMeanMs);
  return Math.min(...held.filter((ms) => ms > 0));
}

/** The limit cannot go where the callee would recover, because the file forbids it. */
function pinnedAtMin(view: RunView, of: Adaptive): Occurrence | undefined {
  const { edge, index, settings } = of;
  const usual = usualMs(view, index);
  const steps = view.edges[index] ?? [];
  const least = Math.min(...steps.map((part) => part.limit).filter((limit) => limit > 0));
  const callers = Math.round(least / settings.min);
  if (settings.min === 1 || callers < 1 || least !== callers * settings.min) return undefined;
  const flags = steps.map(
    (part) => part.limit === least && isInUse(part) && part.heldMeanMs >= queueing * usual,
  );
  const stretch = longestStretch(view, flags, atLeastMs);
  if (stretch === undefined) return undefined;
  const part = edgeIn(view, index, stretch);
  const perSecond = part.succeeded / part.seconds;
  const wanted = Math.max(1, Math.floor((perSecond * usual) / 1000 / callers / 2));
  const change =
    wanted < settings.min
      ? changeOf(
          callPath(edge, 'limit.concurrency.min'),
          wanted,
          `${rateText(perSecond)} for ${durationText(usual)} are ${numberText((perSecond * usual) / 1000)} in flight; half of that leaves room to find out`,
        )
      : undefined;
  return occurrenceOf(view, of, stretch, {
    title: `the adaptive limit of ${edge.name} stood at its least, ${numberText(settings.min)}, for`,
    numbers: [
      `an attempt took ${durationText(part.heldMeanMs)}, and ${durationText(usual)} without a queue`,
      `${numberText(part.inFlightMean)} in flight for ${rateText(perSecond)} that succeeded`,
    ],
    changes: changesOf(change),
  });
}

/** From the window with the shortest durations on, more slots brought longer ones and no more. */
function grownWithLatency(view: RunView, of: Adaptive): Occurrence | undefined {
  const { edge, index, settings } = of;
  const parts = view.steps.map((_, step) => edgeIn(view, index, windowFrom(view, step)));
  const stretch = longestStretch(view, parts.map(isInUse), atLeastMs);
  if (stretch === undefined) return undefined;
  const first = parts[stretch.from]!;
  const last = parts[Math.max(stretch.from, stretch.to - 5)]!;
  const isGrown = last.limit >= muchMore * first.limit;
  const isSlower = last.heldMeanMs >= muchMore * first.heldMeanMs;
  const isMore = rateOf(last) > hardlyMore * rateOf(first);
  if (!isGrown || !isSlower || isMore) return undefined;
  const roof = Math.max(settings.initial, Math.ceil(first.limit));
  return occurrenceOf(view, of, stretch, {
    title: `the adaptive limit of ${edge.name} grew with the latency that it caused: ${numberText(first.limit)} to ${numberText(last.limit)} in`,
    numbers: [
      `an attempt took ${durationText(first.heldMeanMs)} at first, and ${durationText(last.heldMeanMs)} in the end`,
      `${rateText(rateOf(first))} succeeded at first, and ${rateText(rateOf(last))} in the end`,
    ],
    changes: changesOf(
      changeOf(
        callPath(edge, 'limit.concurrency.max'),
        roof,
        'more than it began with brought nothing but latency',
      ),
    ),
  });
}

function rateOf(part: EdgePart): number {
  return part.succeeded / part.seconds;
}

function occurrenceOf(
  view: RunView,
  { edge, index }: Adaptive,
  stretch: Stretch,
  words: {
    readonly title: string;
    readonly numbers: readonly string[];
    readonly changes: readonly SuggestedChange[];
  },
): Occurrence {
  const span = spanOf(view, stretch);
  const part = edgeIn(view, index, stretch);
  return {
    key: `drifting-limit ${edge.name}`,
    id: 'drifting-limit',
    title: `${words.title} ${durationText(span.toMs - span.fromMs)}`,
    severity: harmedIn(view, stretch) ? 'high' : 'medium',
    effect: part.lost,
    ...span,
    edges: [edge.name],
    services: [view.model.services[edge.to]?.name ?? ''],
    numbers: [
      `in use to ${numberText(part.inFlightMean)} of ${numberText(part.limit)}, from ${momentText(span.fromMs)} to ${momentText(span.toMs)}`,
      ...words.numbers,
    ],
    changes: words.changes,
  };
}
