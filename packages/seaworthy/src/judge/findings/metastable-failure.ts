import { isChanged } from '../../model/rollout.ts';
import { nominalLoad } from '../triggers.ts';
import { settleMs } from '../../model/settle.ts';
import { endOf } from '../totals.ts';
import { durationText, momentText, rateText } from '../words.ts';
import { changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import { harmedShare, lastTriggerEndMs, rateAtFrontDoor, spanOf, stretchOf } from './stretch.ts';
import { sustainingEffects } from './sustaining.ts';
import type { RunView } from './view.ts';

/** What is judged as the state at the end. */
const tailMs = 30_000;

/** Failed nearly all the time since the trigger: a system that came back in between did recover. */
const failedShare = 0.8;

/**
 * Still failed long after the last trigger ended, at a load that was carried before it, with
 * something that keeps the failure going (Bronson et al., "Metastable Failures in Distributed
 * Systems", HotOS 2021).
 */
export function detectMetastableFailure(view: RunView): readonly Occurrence[] {
  const endedMs = lastTriggerEndMs(view);
  const sinceMs = endOf(view.run) - endedMs;
  if (view.calm === undefined || sinceMs === -Infinity || sinceMs < settleMs(view.model)) return [];
  // Another version is another system: what it cannot carry is no failure of this one.
  if (otherVersionStays(view)) return [];
  const calm = stretchOf(view, view.calm.fromMs, view.calm.toMs);
  const after = stretchOf(view, endedMs, Infinity);
  const tail = stretchOf(view, endOf(view.run) - tailMs, Infinity);
  if (harmedShare(view, calm) > 1 - failedShare || harmedShare(view, after) < failedShare)
    return [];
  if (harmedShare(view, tail) < failedShare || !loadIsBack(view)) return [];
  const effects = sustainingEffects(view, stretchOf(view, endedMs, endedMs + tailMs), tail);
  const [main] = effects;
  if (main === undefined) return [];
  const began = view.harmed.findIndex((harmed, step) => harmed && step >= calm.to);
  const goodput = rateAtFrontDoor(view, tail);
  const before = rateAtFrontDoor(view, calm);
  return [
    {
      key: 'metastable-failure',
      id: 'metastable-failure',
      title: `metastable failure: goodput ${rateText(goodput)} (${rateText(before)} before), ${durationText(sinceMs)} after the last fault ended`,
      severity: 'critical',
      effect: before - goodput,
      fromMs: spanOf(view, { from: began, to: began + 1 }).fromMs,
      toMs: endOf(view.run),
      edges: effects.flatMap((effect) => effect.edge ?? []),
      services: [...new Set(effects.flatMap((effect) => effect.service ?? []))],
      numbers: [
        `goodput ${rateText(goodput)} in the last ${durationText(tailMs)}, ${rateText(before)} before ${momentText(view.calm.toMs)}`,
        `the load is what it was before: ${rateText(nominalOfAll(view, endOf(view.run)))}`,
        ...effects.map((effect) => effect.number),
      ],
      sustainingEffect: main.text,
      changes: changesOf(...effects.map((effect) => effect.change)),
    },
  ];
}

function otherVersionStays({ scenario }: RunView): boolean {
  return (scenario?.faults ?? []).some((fault) => {
    return fault.kind === 'rollout' && fault.backAtMs === Infinity && isChanged(fault.version);
  });
}

/** Two in a hundred are the rounding of a shape, not more load. */
function loadIsBack(view: RunView): boolean {
  const beforeMs = view.calm?.toMs ?? 0;
  const nowMs = endOf(view.run);
  return view.model.sources.every((source, index) => {
    const before = nominalLoad(source, index, view.scenario, beforeMs - 1);
    return nominalLoad(source, index, view.scenario, nowMs) <= 1.02 * before;
  });
}

function nominalOfAll(view: RunView, atMs: number): number {
  let sum = 0;
  view.model.sources.forEach((source, index) => {
    if (source.arrivals.kind === 'open') sum += nominalLoad(source, index, view.scenario, atMs);
  });
  return sum;
}
