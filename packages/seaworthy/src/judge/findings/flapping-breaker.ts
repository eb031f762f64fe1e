import type { Edge } from '../../model/model.ts';
import type { RunEvent } from '../../signals/run.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, momentText, numberText, roughShareText } from '../words.ts';
import { callersOf } from './callers.ts';
import { callPath, changeOf, changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import { edgeIn, harmedIn, type Stretch } from './stretch.ts';
import type { RunView } from './view.ts';

/** A breaker that closes, opens again, and so on: one relapse is a probe that was lucky. */
const relapsesNeeded = 3;

/** A breaker that stayed closed for so many of its openings had closed for good. */
const openingsClosed = 2;

/** Lucky probes should be so rare when as much fails as was seen. */
const luckyShare = 0.1;
/** More probes at once are traffic. */
const mostProbes = 50;

/** How often the breakers of one edge closed too early, and between when. */
interface Flapping {
  readonly edge: Edge;
  readonly callers: number;
  readonly opened: number;
  readonly relapses: number;
  /** How long it stayed closed before a relapse, on average. */
  readonly closedMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Breakers that open, close and open again while nothing has changed: their probes say too little,
 * or all of the traffic that comes back at once is what the dependency cannot take.
 */
export function detectFlappingBreakers(view: RunView): readonly Occurrence[] {
  return view.model.edges.flatMap((edge) => {
    if (edge.policy.breaker === undefined) return [];
    const flapping = flappingOf(view, edge);
    if (flapping.relapses < relapsesNeeded * flapping.callers) return [];
    const stretch = stretchOf(view, flapping);
    return stretch === undefined ? [] : [occurrenceOf(view, flapping, stretch)];
  });
}

/**
 * The journal does not say whose breaker it was: with many callers, an opening is a relapse of one
 * that closed shortly before it.
 */
function flappingOf(view: RunView, edge: Edge): Flapping {
  const { openMs } = edge.policy.breaker!;
  const events = view.run.events.filter((event) => isOf(event, edge, view.run.header.warmUpMs));
  const relapsesMs: number[] = [];
  const closedAtMs: number[] = [];
  let closedSumMs = 0;
  for (const { kind, atMs } of events) {
    if (kind === 'breaker-closed') closedAtMs.push(atMs);
    const closedMs = closedAtMs[0];
    if (kind !== 'breaker-opened' || closedMs === undefined) continue;
    closedAtMs.shift();
    if (atMs - closedMs > openingsClosed * openMs) continue;
    relapsesMs.push(atMs);
    closedSumMs += atMs - closedMs;
  }
  const first = events.find(({ kind }) => kind === 'breaker-opened');
  return {
    edge,
    callers: callersOf(view.model, edge),
    opened: events.filter(({ kind }) => kind === 'breaker-opened').length,
    relapses: relapsesMs.length,
    closedMs: closedSumMs / relapsesMs.length,
    fromMs: first?.atMs ?? 0,
    toMs: relapsesMs.at(-1) ?? 0,
  };
}

function isOf({ kind, subject, atMs }: RunEvent, edge: Edge, fromMs: number): boolean {
  return subject === edge.name && atMs >= fromMs && kind.startsWith('breaker-');
}

function stretchOf(view: RunView, { fromMs, toMs }: Flapping): Stretch | undefined {
  const from = view.steps.findIndex((step) => step.toMs > fromMs);
  const last = view.steps.findLastIndex((step) => step.fromMs <= toMs);
  return from === -1 || last < from ? undefined : { from, to: last + 1 };
}

function occurrenceOf(view: RunView, flapping: Flapping, stretch: Stretch): Occurrence {
  const { edge, callers, opened, relapses, fromMs, toMs } = flapping;
  const part = edgeIn(view, view.model.edges.indexOf(edge), stretch);
  const failedShare = part.attemptsFailed / part.attemptsEnded;
  const who = callers > 1 ? `the breakers of ${edge.name}` : `the breaker of ${edge.name}`;
  const times = numberText(opened / callers);
  return {
    key: `flapping-breaker ${edge.name}`,
    id: 'flapping-breaker',
    title: `${who} opened ${times} times${callers > 1 ? ' each' : ''} in ${durationText(toMs - fromMs)}, and closed in between`,
    severity: harmedIn(view, stretch) ? 'high' : 'medium',
    effect: part.lost,
    fromMs,
    toMs,
    edges: [edge.name],
    services: [view.model.services[edge.to]?.name ?? ''],
    numbers: [
      `open again after ${durationText(flapping.closedMs)} closed, ${numberText(relapses)} times from ${momentText(fromMs)} to ${momentText(toMs)}`,
      `${roughShareText(failedShare)} of the attempts failed that were let through, ${roughShareText(part.attemptsFailedByLoad / part.attemptsFailed)} of them as they do under load`,
    ],
    ...(part.attemptsFailedByLoad >= part.attemptsFailed / 2 && {
      sustainingEffect: 'each closing lets all of the traffic through at once, which fails again',
    }),
    changes: changesFor(
      flapping,
      part.attemptsFailedByLoad >= part.attemptsFailed / 2,
      failedShare,
    ),
  };
}

function changesFor(
  { edge }: Flapping,
  isForLoad: boolean,
  failedShare: number,
): readonly SuggestedChange[] {
  const probes = probesChange(edge, failedShare);
  if (!isForLoad) return changesOf(probes);
  const limit =
    edge.policy.limit === undefined
      ? changeOf(
          callPath(edge, 'limit'),
          'adaptive',
          'lets through what the callee can do, instead of all or nothing',
        )
      : undefined;
  const throttle =
    edge.policy.throttle === undefined
      ? changeOf(
          callPath(edge, 'throttle'),
          true,
          'sends twice what the callee accepts, instead of all or nothing',
        )
      : undefined;
  return changesOf(limit, throttle, probes);
}

/** So many that it is rare for all of them to succeed while as much fails as was seen. */
function probesChange(edge: Edge, failedShare: number): SuggestedChange | undefined {
  const { probes } = edge.policy.breaker!;
  const needed = Math.ceil(Math.log(luckyShare) / Math.log(1 - failedShare));
  const wanted = Math.min(mostProbes, needed);
  if (!(wanted > probes)) return undefined;
  const lucky = roughShareText((1 - failedShare) ** probes);
  const why = `with ${roughShareText(failedShare)} failing, ${numberText(probes)} probes all succeed in ${lucky} of the cases; so many rarely do`;
  return changeOf(callPath(edge, 'breaker.probes'), wanted, why);
}
