import type { Edge } from '../../model/model.ts';
import type { EdgeSample } from '../../signals/run.ts';
import { fallbackResult } from '../fallback.ts';
import { sumOf, total } from '../totals.ts';
import type { FallbackResult } from '../verdict.ts';
import { durationText, roughShareText } from '../words.ts';
import { changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import {
  edgeIn,
  lastTriggerEndMs,
  longestStretch,
  spanOf,
  type Stretch,
  windowFrom,
} from './stretch.ts';
import { type SustainingEffect, sustainingEffects } from './sustaining.ts';
import type { RunView } from './view.ts';

/** More answers come from the fallback than from the callee. */
const normalShare = 0.5;

/** Fewer answers in five seconds say little. */
const answersNeeded = 20;

/** While the trigger lasts the fallback is what it is for; so much longer, it is the path. */
const outlastsMs = 30_000;

/** Where nothing triggered it, it takes a minute to be no passing weakness. */
const untriggeredMs = 60_000;

/**
 * A fallback that goes on to answer most calls long after the trigger, or without one. It hides
 * that the callee is gone: users are answered, and nothing at the front door says so.
 */
export function detectNormalFallbacks(view: RunView): readonly Occurrence[] {
  return view.model.edges.flatMap((edge, index) => {
    if (edge.fallbacks.length === 0) return [];
    const flags = view.steps.map((_, step) => isNormal(view, index, windowFrom(view, step)));
    const stretch = longestStretch(view, flags, outlastsMs);
    if (stretch === undefined) return [];
    const { fromMs, toMs } = spanOf(view, stretch);
    const triggerMs = view.triggers.length > 0 ? lastTriggerEndMs(view) : -Infinity;
    const needed = triggerMs > fromMs ? outlastsMs : untriggeredMs;
    if (toMs - Math.max(triggerMs, fromMs) < needed - 1e-6) return [];
    return [occurrenceOf(view, edge, index, stretch)];
  });
}

/** In the window that follows the step; and in the step itself, or it would begin too early. */
function isNormal(view: RunView, edge: number, window: Stretch): boolean {
  const now = samplesIn(view, edge, { from: window.from, to: window.from + 1 });
  const nowByFallback = sumOf(now, (sample) => total(sample.fallback));
  if (nowByFallback <= normalShare * sumOf(now, (sample) => sample.succeeded)) return false;
  const samples = samplesIn(view, edge, window);
  const byFallback = sumOf(samples, (sample) => total(sample.fallback));
  const answers = byFallback + sumOf(samples, (sample) => sample.succeeded);
  return answers >= answersNeeded && byFallback > normalShare * answers;
}

function samplesIn(view: RunView, edge: number, stretch: Stretch): readonly EdgeSample[] {
  const steps = view.steps.slice(stretch.from, stretch.to);
  return steps.flatMap((step) => step.intervals.map((interval) => interval.edges[edge]!));
}

function occurrenceOf(view: RunView, edge: Edge, index: number, stretch: Stretch): Occurrence {
  const span = spanOf(view, stretch);
  const samples = samplesIn(view, index, stretch);
  const byFallback = sumOf(samples, (sample) => total(sample.fallback));
  const answers = byFallback + sumOf(samples, (sample) => sample.succeeded);
  const callee = view.model.services[edge.to]?.name ?? '';
  const effects = effectsOn(view, edge, stretch);
  const share = roughShareText(byFallback / answers);
  const lasted = durationText(span.toMs - span.fromMs);
  return {
    key: `fallback-normal ${edge.name}`,
    id: 'fallback-normal',
    title: `the fallback of ${edge.name} became the normal path: ${share} of the answers for ${lasted}`,
    severity: 'high',
    effect: byFallback,
    ...span,
    edges: [edge.name],
    services: [callee],
    numbers: [
      ...afterTrigger(view, span),
      ...fallbackNumbers(view, edge, fallbackResult([samples])),
      frontDoor(view, stretch),
      ...effects.map((effect) => effect.number),
    ],
    ...(effects[0] !== undefined && { sustainingEffect: effects[0].text }),
    changes: changesOf(...effects.map((effect) => effect.change)),
  };
}

/** What is still wrong with the edge and its callee at the end of it. */
function effectsOn(view: RunView, edge: Edge, stretch: Stretch): readonly SustainingEffect[] {
  const middle = Math.floor((stretch.from + stretch.to) / 2);
  const first = { from: stretch.from, to: middle };
  const callee = view.model.services[edge.to]?.name;
  return sustainingEffects(view, first, { from: middle, to: stretch.to }).filter(
    (effect) =>
      effect.edge === edge.name || (effect.edge === undefined && effect.service === callee),
  );
}

function afterTrigger(view: RunView, span: { fromMs: number; toMs: number }): readonly string[] {
  const triggerMs = lastTriggerEndMs(view);
  if (view.triggers.length === 0 || triggerMs <= span.fromMs) return ['no fault explains it'];
  return [`it went on for ${durationText(span.toMs - triggerMs)} after the last fault ended`];
}

function fallbackNumbers(
  view: RunView,
  edge: Edge,
  result: FallbackResult | undefined,
): readonly string[] {
  if (result === undefined) return [];
  const reasons = result.reasons.map(({ reason, share }) => `${reason} ${roughShareText(share)}`);
  const links = result.links.map((share, link) => {
    const fallback = edge.fallbacks[link];
    const to = fallback?.kind === 'call' ? view.model.edges[fallback.edge]?.to : undefined;
    const what = to === undefined ? 'a local value' : (view.model.services[to]?.name ?? '');
    return `${what} ${roughShareText(share)}`;
  });
  return [`because of ${reasons.join(', ')}`, `answered by ${links.join(', ')}`];
}

/** What users saw of it: little, or the fallback would not be one. */
function frontDoor(view: RunView, stretch: Stretch): string {
  let settled = 0;
  let lost = 0;
  for (const source of view.model.sources) {
    const part = edgeIn(view, source.edge, stretch);
    settled += part.settled;
    lost += part.lost;
  }
  if (lost === 0) return 'not one task was lost at the front door meanwhile';
  return `${roughShareText(lost / settled)} of the tasks were lost at the front door meanwhile`;
}
