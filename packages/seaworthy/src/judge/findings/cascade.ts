import type { SuggestedChange } from '../verdict.ts';
import { durationText, momentText } from '../words.ts';
import { type HeldChange, heldSlotsChange, poolChange, slotsChange } from './capacity-change.ts';
import { changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import { heldUpBy } from './saturation.ts';
import { edgeIn, serviceIn, windowFrom } from './stretch.ts';
import { type Symptom, symptomsOf } from './symptoms.ts';
import type { RunView } from './view.ts';

/** Fewer steps, or all at one level, are one failure and not a spreading one. */
const stepsNeeded = 3;
const levelsNeeded = 2;
const hardStepsNeeded = 2;

/**
 * A failure that spreads from a callee to its callers, with something that filled up on the way.
 */
export function detectCascades(view: RunView): readonly Occurrence[] {
  if (view.calm === undefined) return [];
  const symptoms = symptomsOf(view);
  const root = rootOf(view, symptoms);
  if (root?.service === undefined) return [];
  const levels = levelsAbove(view, root.service);
  const levelOf = (symptom: Symptom): number => levels.get(holderOf(view, symptom)) ?? 0;
  const steps = symptoms
    .filter((symptom) => levels.has(holderOf(view, symptom)))
    .toSorted((left, right) => left.atMs - right.atMs || levelOf(left) - levelOf(right));
  const reached = new Set(steps.map(levelOf));
  const filled = steps.filter((symptom) => symptom.saturated);
  const firstFilled = filled.find((symptom) => levelOf(symptom) > 0);
  if (firstFilled === undefined) return [];
  if (steps.length < stepsNeeded || reached.size < levelsNeeded) return [];
  // Callers of something slow are slow: that alone is no cascade, nor is one pool that fills up.
  if (steps.filter((symptom) => !symptom.slow).length < hardStepsNeeded) return [];
  if (!view.harmed.slice(root.step).includes(true)) return [];
  const first = steps[0]?.atMs ?? root.atMs;
  const last = steps.at(-1)?.atMs ?? first;
  const frontDoor = steps.some((symptom) => symptom.frontDoor);
  const rootName = view.model.services[root.service]?.name ?? '';
  const topName = topOf(view, steps, levelOf);
  return [
    {
      key: `cascade ${rootName}`,
      id: 'cascade',
      title: `cascade from ${rootName} to ${frontDoor ? 'the front door' : topName} in ${durationText(last - first)}: ${steps.length} steps`,
      severity: frontDoor ? 'high' : 'medium',
      effect: steps.length,
      fromMs: first,
      toMs: last,
      edges: namesOf(steps, (symptom) =>
        symptom.edge === undefined ? undefined : view.model.edges[symptom.edge]?.name,
      ),
      services: namesOf(steps, (symptom) =>
        symptom.service === undefined ? undefined : view.model.services[symptom.service]?.name,
      ),
      numbers: [
        `it began at ${momentText(first)}: ${root.text}`,
        `it reached ${reached.size} levels, and something filled up in ${filled.length} of its ${steps.length} steps`,
      ],
      sustainingEffect: `what fills up first is ${firstFilled.what}: calls that wait there hold slots further up`,
      steps: steps.map(({ atMs, text }) => ({ atMs, text })),
      changes: changesAt(view, filled),
    },
  ];
}

/** Callers are slow in the same second as their callee: the one below is the reason. */
const sameTimeMs = 2000;

/**
 * Where it began: the first service in trouble or, from there down, what it calls that was in
 * trouble by then.
 */
function rootOf(view: RunView, symptoms: readonly Symptom[]): Symptom | undefined {
  let root = symptoms.find((symptom) => symptom.service !== undefined);
  const passed = new Set<number>();
  for (let below = root; below?.service !== undefined && !passed.has(below.service);) {
    root = below;
    passed.add(below.service);
    const { service, atMs } = below;
    const callees = new Set(
      view.model.edges.flatMap(({ from, to }) =>
        from.kind === 'service' && from.index === service ? [to] : [],
      ),
    );
    below = symptoms.find(
      (symptom) =>
        symptom.service !== undefined &&
        callees.has(symptom.service) &&
        symptom.atMs <= atMs + sameTimeMs,
    );
  }
  return root;
}

/**
 * The service whose trouble a symptom is: calls and their pool are the caller's. -1 for the
 * outside.
 */
function holderOf(view: RunView, symptom: Symptom): number {
  if (symptom.service !== undefined) return symptom.service;
  const from = view.model.edges[symptom.edge ?? -1]?.from;
  return from?.kind === 'service' ? from.index : outside;
}

const outside = -1;

/**
 * How many calls a service is above the root, for all that depend on it; the outside is above them
 * all.
 */
function levelsAbove(view: RunView, root: number): ReadonlyMap<number, number> {
  const levels = new Map([[root, 0]]);
  const next = [root];
  for (let callee = next.shift(); callee !== undefined; callee = next.shift()) {
    for (const edge of view.model.edges) {
      if (edge.to !== callee || edge.from.kind !== 'service') continue;
      if (levels.has(edge.from.index)) continue;
      levels.set(edge.from.index, (levels.get(callee) ?? 0) + 1);
      next.push(edge.from.index);
    }
  }
  return levels.set(outside, Math.max(...levels.values()) + 1);
}

function topOf(
  view: RunView,
  steps: readonly Symptom[],
  levelOf: (symptom: Symptom) => number,
): string {
  const top = steps.toSorted((left, right) => levelOf(right) - levelOf(left))[0];
  return top === undefined ? '' : (view.model.services[holderOf(view, top)]?.name ?? '');
}

function namesOf(
  symptoms: readonly Symptom[],
  nameOf: (symptom: Symptom) => string | undefined,
): readonly string[] {
  return [...new Set(symptoms.flatMap((symptom) => nameOf(symptom) ?? []))];
}

/**
 * The changes for what filled up, root and above: first what carries the slow calls, then what
 * keeps the requests going that do not need them, then the others in the order of the steps.
 */
function changesAt(view: RunView, filled: readonly Symptom[]): readonly SuggestedChange[] {
  const changes = filled.map((symptom) => changeFor(view, symptom));
  const ranked = changes.toSorted((left, right) => rankOf(left) - rankOf(right));
  return changesOf(...ranked.map(({ change }) => change));
}

function rankOf({ carries, protects }: HeldChange): number {
  if (carries) return 0;
  return protects ? 1 : 2;
}

function changeFor(view: RunView, filled: Symptom): HeldChange {
  const window = windowFrom(view, filled.step);
  const own = { carries: false, protects: false };
  if (filled.edge !== undefined) {
    const edge = view.model.edges[filled.edge];
    const part = edgeIn(view, filled.edge, window);
    return { ...own, change: edge && poolChange(view, edge, filled.edge, part) };
  }
  const index = filled.service ?? -1;
  const service = view.model.services[index];
  if (service === undefined) return { ...own, change: undefined };
  const part = serviceIn(view, index, window);
  const culprit = heldUpBy(view, index, part, (edge) => edgeIn(view, edge, window));
  const waitsFor = culprit === undefined ? undefined : view.model.edges[culprit];
  if (waitsFor !== undefined) return heldSlotsChange(view, service, index, part, waitsFor);
  return { ...own, change: slotsChange(view, service, index, part) };
}
