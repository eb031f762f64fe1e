import type { Edge } from '../../model/model.ts';
import { durationText, momentText, numberText, rateText, roughShareText } from '../words.ts';
import { budgetChange } from './budget-change.ts';
import { changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import type { EdgePart } from './part.ts';
import {
  edgeIn,
  harmedIn,
  lastTriggerEndMs,
  longestStretch,
  peakIn,
  serviceIn,
  spanOf,
  type Stretch,
  windowFrom,
} from './stretch.ts';
import type { RunView } from './view.ts';

/** One extra attempt for every second task: no budget that is meant to hold would allow it. */
const stormDensity = 1.5;

/** And this much above the calm, because some callers always need more than one attempt. */
const aboveCalm = 1.3;

/** Fewer calls in five seconds make no load. */
const callsNeeded = 20;

/** Extra attempts that are less of what reaches the callee than this are not what makes it slow. */
const extraShareOfLoad = 0.2;

/** A burst of retries that is over sooner did its work. */
const atLeastMs = 5000;

/** A storm that goes on for this long after the trigger feeds itself. */
const outlastsMs = 5000;

/**
 * Attempts per task far above the calm for seconds, at a callee that fails for load: the retries
 * are a good part of what keeps it failing.
 */
export function detectRetryStorms(view: RunView): readonly Occurrence[] {
  return view.model.edges.flatMap((edge, index) => {
    if ((edge.policy.retry?.attempts ?? 1) <= 1) return [];
    const flags = view.steps.map((_, step) => storms(view, index, windowFrom(view, step)));
    const stretch = longestStretch(view, flags, atLeastMs);
    if (stretch === undefined || !harmedIn(view, stretch)) return [];
    return [stormOf(view, edge, index, stretch)];
  });
}

function storms(view: RunView, edge: number, window: Stretch): boolean {
  // The window looks ahead: the storm is not here before its own second has extra attempts.
  const now = view.edges[edge]?.[window.from];
  if (now === undefined || now.attempts < now.offered * aboveCalm) return false;
  const part = edgeIn(view, edge, window);
  const calm = view.calmEdges?.[edge];
  if (part.offered < callsNeeded) return false;
  if (part.attemptsPerTask < Math.max(stormDensity, aboveCalm * calmDensity(calm))) return false;
  // Nothing but successes and yet retries: they are a choice that works.
  if (part.settled > 0 && part.successShare > Math.min(0.95, calmSuccess(calm) - 0.05))
    return false;
  if (part.attemptsFailedByLoad < part.attemptsFailed / 2) return false;
  const to = view.model.edges[edge]?.to ?? -1;
  const arrived = serviceIn(view, to, window).arrived;
  return part.attempts - part.offered >= extraShareOfLoad * arrived;
}

function calmDensity(calm: EdgePart | undefined): number {
  return calm !== undefined && calm.offered > 0 ? calm.attemptsPerTask : 1;
}

function calmSuccess(calm: EdgePart | undefined): number {
  return calm !== undefined && calm.settled > 0 ? calm.successShare : 1;
}

function stormOf(view: RunView, edge: Edge, index: number, stretch: Stretch): Occurrence {
  const span = spanOf(view, stretch);
  // Right after a burst of tasks their retries count against the few that come then: no task has
  // more than its limit.
  const most = edge.policy.retry?.attempts ?? 1;
  const density = (window: Stretch): number =>
    Math.min(most, edgeIn(view, index, window).attemptsPerTask);
  const peak = peakIn(view, stretch, density);
  const part = edgeIn(view, index, peak.window);
  const callee = view.model.services[edge.to]?.name ?? '';
  const outlasts = span.toMs - Math.max(lastTriggerEndMs(view), span.fromMs);
  const extra = (part.attempts - part.offered) / part.seconds;
  return {
    key: `retry-storm ${edge.name}`,
    id: 'retry-storm',
    title: `retry storm on ${edge.name}: ${numberText(peak.value)} attempts per task`,
    severity: outlasts >= outlastsMs ? 'high' : 'medium',
    effect: (extra * (span.toMs - span.fromMs)) / 1000,
    ...span,
    edges: [edge.name],
    services: [callee],
    numbers: numbersOf(view, index, part, peak.value),
    sustainingEffect: sustaining(view, edge, part, callee),
    changes: changesOf(budgetChange(edge, part)),
  };
}

function numbersOf(
  view: RunView,
  edge: number,
  part: EdgePart,
  density: number,
): readonly string[] {
  const extra = (part.attempts - part.offered) / part.seconds;
  const calm = view.calmEdges?.[edge];
  const before =
    calm === undefined || view.calm === undefined
      ? ''
      : ` (${numberText(calmDensity(calm))} before ${momentText(view.calm.toMs)})`;
  const perSecond = (count: number): string => rateText(count / part.seconds);
  const numbers = [
    `attempts per task ${numberText(density)}${before}`,
    `${perSecond(part.attempts)} attempts for ${perSecond(part.offered)} tasks: ${rateText(extra)} extra`,
    `${roughShareText(part.attemptsFailed / part.attemptsEnded)} of the attempts failed, ` +
      `${roughShareText(part.timeouts / part.attemptsEnded)} by timeout`,
  ];
  return part.settled === 0
    ? numbers
    : [...numbers, `success ${roughShareText(part.successShare)}`];
}

function sustaining(view: RunView, edge: Edge, part: EdgePart, callee: string): string {
  const attempts = Math.min(edge.policy.retry?.attempts ?? 1, Math.ceil(part.attemptsPerTask));
  const { timeoutMs } = edge.policy;
  const added = `up to ${attempts - 1} more attempt${attempts > 2 ? 's' : ''}`;
  const slow = `to ${callee}, which is already too slow`;
  if (part.timeouts >= part.attemptsFailed / 2 && timeoutMs !== undefined) {
    const served =
      view.model.services[edge.to]?.abandoned === 'served'
        ? ', and the attempt that timed out is still served'
        : '';
    return `each timeout of ${durationText(timeoutMs)} adds ${added} ${slow}${served}`;
  }
  return `each failure adds ${added} ${slow}`;
}
