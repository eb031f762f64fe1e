import type { Edge, Service } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, momentText, numberText, rateText, roughShareText } from '../words.ts';
import { callPath, changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import {
  edgeIn,
  fedPart,
  harmedIn,
  longestStretch,
  spanOf,
  type Stretch,
  windowUntil,
} from './stretch.ts';
import { meanOf, type ReplicaPart, replicaParts } from './replica-part.ts';
import type { RunView } from './view.ts';

/** Means and shares of fewer requests in five seconds are mostly chance. */
const requestsNeeded = 20;

/** A machine of half the speed is a choice; one that takes three times as long is ill. */
const slowerFactor = 3;

/** One request in five more than at the others fails: callers notice. */
const failsMore = 0.2;

/** A balancer that has noticed sends clearly less than to the others. */
const fedShare = 0.8;

/** More than by turns: it is preferred for what ails it. */
const preferredFactor = 1.25;

/** Longer than a pause for garbage, or the start of a cold replica. */
const atLeastMs = 8000;

/**
 * A replica that is much slower than the others, or fails much more, and gets as many requests as
 * they: whoever chooses does not look, or looks at the wrong thing.
 */
export function detectBadReplicas(view: RunView): readonly Occurrence[] {
  return view.model.services.flatMap((service, index) => {
    // Versions side by side are a matter of the rollout.
    const first = view.run.intervals[0]?.services[index];
    if (first === undefined || first.versions.length > 1) return [];
    const windows = view.steps.map((_, step) => partsIn(view, index, windowUntil(view, step)));
    return first.replicas.flatMap((_, replica) => {
      const flags = windows.map((parts) => isBadAndFed(parts, replica));
      const whole = longestStretch(view, flags, atLeastMs);
      if (whole === undefined) return [];
      // The windows look back: they see a fault for some seconds after its end.
      const stretch = fedPart(view, whole);
      const parts = partsIn(view, index, stretch);
      if (!isBadAndFed(parts, replica)) return [];
      if (failsBelow(view, index, stretch, pairOf(parts, replica))) return [];
      return [occurrenceOf(view, { service, index, replica, stretch, ...pairOf(parts, replica) })];
    });
  });
}

interface Pair {
  readonly bad: ReplicaPart;
  /** The mean of the others that get requests. */
  readonly others: ReplicaPart;
}

interface Found extends Pair {
  readonly service: Service;
  readonly index: number;
  readonly replica: number;
  readonly stretch: Stretch;
}

function partsIn(view: RunView, service: number, stretch: Stretch): readonly ReplicaPart[] {
  const steps = view.steps.slice(stretch.from, stretch.to);
  return replicaParts(
    steps.flatMap(({ intervals }) => intervals),
    service,
  );
}

function pairOf(parts: readonly ReplicaPart[], replica: number): Pair {
  const others = parts.filter((part, other) => other !== replica && part.arrived > 0);
  return { bad: parts[replica]!, others: meanOf(others) };
}

function isBadAndFed(parts: readonly ReplicaPart[], replica: number): boolean {
  const { bad, others } = pairOf(parts, replica);
  if (!(bad.arrived >= requestsNeeded && others.arrived >= requestsNeeded)) return false;
  if (bad.arrived < fedShare * others.arrived) return false;
  return isSlow({ bad, others }) || isFailing({ bad, others });
}

/** What fails is quick: where much does, on either side, the times say nothing. */
function isSlow({ bad, others }: Pair): boolean {
  if (!(bad.failedShare < failsMore && others.failedShare < failsMore)) return false;
  return others.serviceMeanMs > 0 && bad.serviceMeanMs >= slowerFactor * others.serviceMeanMs;
}

function isFailing({ bad, others }: Pair): boolean {
  return bad.failedShare >= others.failedShare + failsMore;
}

/**
 * What fails at it are mostly its own calls: the breaker or the pool that it has for a callee is in
 * another state than those of the others, and what is wrong is further down.
 */
function failsBelow(view: RunView, service: number, stretch: Stretch, pair: Pair): boolean {
  if (!isFailing(pair)) return false;
  let lost = 0;
  for (const [index, { from }] of view.model.edges.entries()) {
    if (from.kind !== 'service' || from.index !== service) continue;
    lost += edgeIn(view, index, stretch).lost;
  }
  return lost >= pair.bad.failed / 2;
}

/** It fails before the others answer, so that it has the fewest requests at any time. */
function isPreferred({ bad, others }: Pair): boolean {
  return bad.arrived >= preferredFactor * others.arrived;
}

function occurrenceOf(view: RunView, found: Found): Occurrence {
  const { service, replica, stretch, bad, others } = found;
  const span = spanOf(view, stretch);
  const seconds = (span.toMs - span.fromMs) / 1000;
  const name = `${service.name} replica ${replica + 1}`;
  const callers = view.model.edges.filter(({ to }) => to === found.index);
  return {
    key: `bad-replica ${name}`,
    id: 'bad-replica',
    title: titleOf(name, found),
    severity: harmedIn(view, stretch) ? 'high' : 'medium',
    effect: bad.arrived,
    ...span,
    edges: callers.map((edge) => edge.name),
    services: [service.name],
    numbers: [
      `from ${momentText(span.fromMs)} to ${momentText(span.toMs)} it got ${rateText(bad.arrived / seconds)}, ` +
        `each of the others ${rateText(others.arrived / seconds)}`,
      ...(bad.served > 0
        ? [
            `a request takes ${durationText(bad.serviceMeanMs)} there, ` +
              `${durationText(others.serviceMeanMs)} at the others`,
          ]
        : []),
      `${roughShareText(bad.failedShare)} of its requests fail, ` +
        `${roughShareText(others.failedShare)} at the others`,
    ],
    sustainingEffect:
      isFailing(found) && isPreferred(found)
        ? 'it fails before the others answer, so it looks free, and is chosen for that'
        : undefined,
    changes: changes(view, found, callers),
  };
}

function titleOf(name: string, found: Found): string {
  const { bad, others } = found;
  const fed = isPreferred(found)
    ? `gets ${numberText(bad.arrived / others.arrived)} times as many requests as the others`
    : 'gets as many requests as the others';
  const ill = isSlow(found)
    ? `takes ${numberText(bad.serviceMeanMs / others.serviceMeanMs)} times as long`
    : `fails ${roughShareText(bad.failedShare)} of them`;
  return `${name} ${fed}, and ${ill}`;
}

/** By its own view a caller sends it little; with outliers it sends it nothing for a while. */
function changes(
  view: RunView,
  found: Found,
  callers: readonly Edge[],
): readonly SuggestedChange[] {
  const busy = callers.filter(
    (edge) => edgeIn(view, view.model.edges.indexOf(edge), found.stretch).attempts > 0,
  );
  const unbalanced = busy.filter(({ policy }) => policy.endpoints?.balance !== 'peak-ewma');
  const tolerant = busy.filter(({ policy }) => policy.endpoints?.outliers === undefined);
  const byLatency: SuggestedChange | undefined =
    unbalanced.length === 0
      ? undefined
      : {
          edits: unbalanced.map((edge) => ({
            path: callPath(edge, 'balance'),
            value: 'peak-ewma',
          })),
          why: 'each caller sends it what it can do in time, by the answers that it has seen itself',
        };
  const byFailures: SuggestedChange | undefined =
    tolerant.length === 0 || !isFailing(found)
      ? undefined
      : {
          edits: tolerant.map((edge) => ({ path: callPath(edge, 'outliers'), value: true })),
          why: 'a caller leaves it out for half a minute and longer when it fails time after time',
        };
  return changesOf(byLatency, byFailures);
}
