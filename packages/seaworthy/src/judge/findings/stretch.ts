import type { Span } from '../triggers.ts';
import { edgePart, type EdgePart, servicePart, type ServicePart } from './part.ts';
import type { RunView } from './view.ts';

/** Steps of a view, from the first to before the last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A condition that is not met for this long, and then again, was not over: load comes in waves. */
const gapMs = 2000;

/**
 * The longest stretch in which the flags are set, short gaps included; undefined if it is shorter
 * than `atLeastMs`.
 */
export function longestStretch(
  view: RunView,
  flags: readonly boolean[],
  atLeastMs: number,
): Stretch | undefined {
  let best: Stretch | undefined;
  let open: Stretch | undefined;
  flags.forEach((flag, step) => {
    if (!flag) return;
    const joins = open !== undefined && lengthMs(view, { from: open.to, to: step }) <= gapMs;
    open = { from: joins && open !== undefined ? open.from : step, to: step + 1 };
    if (best === undefined || lengthMs(view, open) > lengthMs(view, best)) best = open;
  });
  // A nanosecond less, because sums of interval lengths are not exact.
  return best !== undefined && lengthMs(view, best) >= atLeastMs - 1e-6 ? best : undefined;
}

/** The part of the run that a stretch covers. */
export function spanOf(view: RunView, stretch: Stretch): Span {
  return {
    fromMs: view.steps[stretch.from]?.fromMs ?? 0,
    toMs: view.steps[stretch.to - 1]?.toMs ?? 0,
  };
}

function lengthMs(view: RunView, stretch: Stretch): number {
  if (stretch.to <= stretch.from) return 0;
  const span = spanOf(view, stretch);
  return span.toMs - span.fromMs;
}

export function edgeIn(view: RunView, edge: number, stretch: Stretch): EdgePart {
  return edgePart(intervalsOf(view, stretch), edge);
}

export function serviceIn(view: RunView, service: number, stretch: Stretch): ServicePart {
  return servicePart(intervalsOf(view, stretch), service);
}

function intervalsOf(view: RunView, stretch: Stretch): RunView['steps'][number]['intervals'] {
  return view.steps.slice(stretch.from, stretch.to).flatMap((step) => step.intervals);
}

/** The window around a step in which rates are judged: a second of few calls says little. */
const windowMs = 5000;

/** As many steps as make up five seconds, from a step on, and fewer at the end of the run. */
export function windowFrom(view: RunView, step: number): Stretch {
  let to = step + 1;
  while (to < view.steps.length && lengthMs(view, { from: step, to: to + 1 }) <= windowMs + 1e-6) {
    to++;
  }
  return { from: step, to };
}

/** As many steps as make up five seconds, up to a step, and fewer at the beginning of the run. */
export function windowUntil(view: RunView, step: number): Stretch {
  let from = step;
  while (from > 0 && lengthMs(view, { from: from - 1, to: step + 1 }) <= windowMs + 1e-6) from--;
  return { from, to: step + 1 };
}

/** The first of the windows within a stretch for which a value is highest. */
export function peakIn(
  view: RunView,
  stretch: Stretch,
  valueOf: (window: Stretch) => number,
): { readonly window: Stretch; readonly value: number } {
  let best = { window: stretch, value: Number.NEGATIVE_INFINITY };
  for (let step = stretch.from; step < stretch.to; step++) {
    const window = windowFrom(view, step);
    if (window.to > stretch.to && best.value > Number.NEGATIVE_INFINITY) break;
    const value = valueOf(window);
    if (value > best.value) best = { window, value };
  }
  return best;
}

/** Whether users were harmed somewhere in the stretch. */
export function harmedIn(view: RunView, stretch: Stretch): boolean {
  return view.harmed.slice(stretch.from, stretch.to).includes(true);
}

/**
 * The part of a stretch in which what fed it goes on: until the last of the triggers that it
 * overlaps ends. What comes after that is the backlog. The whole stretch where that leaves less
 * than three seconds.
 */
export function fedPart(view: RunView, stretch: Stretch): Stretch {
  const span = spanOf(view, stretch);
  const overlapping = view.triggers.filter(
    (trigger) => trigger.fromMs < span.toMs && trigger.toMs > span.fromMs,
  );
  const endMs = overlapping.reduce((end, trigger) => Math.max(end, trigger.toMs), span.fromMs);
  const past = view.steps.findIndex((step) => step.toMs > endMs);
  const to = past === -1 ? stretch.to : Math.min(past, stretch.to);
  const part = { from: stretch.from, to };
  return lengthMs(view, part) >= fedMs ? part : stretch;
}

/** Less of it says little about rates. */
const fedMs = 3000;

/** When the last trigger ended: -Infinity without one. */
export function lastTriggerEndMs(view: RunView): number {
  return view.triggers.reduce((end, trigger) => Math.max(end, trigger.toMs), -Infinity);
}

/** The steps that lie in a part of the run. */
export function stretchOf(view: RunView, fromMs: number, toMs: number): Stretch {
  const from = view.steps.findIndex((step) => step.fromMs >= fromMs);
  const end = view.steps.findIndex((step) => step.toMs > toMs);
  return { from: Math.max(0, from), to: end === -1 ? view.steps.length : end };
}

/** How much of a stretch users were harmed in. */
export function harmedShare(view: RunView, stretch: Stretch): number {
  const flags = view.harmed.slice(stretch.from, stretch.to);
  return flags.filter(Boolean).length / flags.length;
}

/** Tasks of all sources that succeeded, per second. */
export function rateAtFrontDoor(view: RunView, stretch: Stretch): number {
  let perSecond = 0;
  for (const source of view.model.sources) {
    const part = edgeIn(view, source.edge, stretch);
    perSecond += part.succeeded / part.seconds;
  }
  return perSecond;
}
