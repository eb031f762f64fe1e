import type { Model, Scenario } from '../../model/model.ts';
import type { Interval, Run } from '../../signals/run.ts';
import { type Burst, burstsOf, Rate } from '../../traffic/rate.ts';
import { edgeSamples, intervalsIn, merged } from '../totals.ts';
import { phasesOf } from './phases.ts';
import type { Signal } from './signals.ts';

/**
 * In the calm as many tasks are under way as arrive during one latency, by Little's law; more than
 * so many times as many wait somewhere.
 */
const crowdedFactor = 2;

/** And so many beyond that: of few, twice as many are there by chance. */
const crowdedBeyond = 2;

/** The knee, as each source shows it whose traffic climbs slowly in this scenario. */
export function kneesOf(model: Model, scenario: Scenario | undefined, run: Run): readonly Signal[] {
  return model.sources.flatMap(({ name: subject, arrivals, edge }, source): Signal[] => {
    const bursts = burstsOf(scenario?.faults ?? [], source);
    const topMs = Math.max(...bursts.filter((each) => each.overMs > 0).map(topOf));
    if (topMs < 0 || arrivals.kind !== 'open') return [];
    const rate = new Rate(arrivals.shape, bursts);
    const climb = run.intervals.filter(({ toMs }) => toMs <= topMs);
    const before = phasesOf(model, scenario, run).find(({ name }) => name === 'before');
    const calm = edgeSamples(before === undefined ? [] : intervalsIn(run, before), [edge]);
    const calmMs = merged(calm, ({ latency }) => latency).mean;
    const crowdedMs = crowdedFrom(climb, edge, rate, calmMs);
    const value = Number.isFinite(crowdedMs) ? rate.perSecondAt(crowdedMs) : crowdedMs;
    return [{ subject, name: 'knee', kind: 'rate', value, noise: 0 }];
  });
}

/** When the traffic has climbed to the top. */
function topOf({ atMs, overMs }: Burst): number {
  return atMs + overMs;
}

/**
 * From when on more than usual is under way, to the end of the climb: what is over sooner was
 * chance. Infinity: it is not so at the end; NaN: it is not known what is usual.
 */
function crowdedFrom(climb: readonly Interval[], edge: number, rate: Rate, calmMs: number): number {
  let sinceMs = Infinity;
  if (Number.isNaN(calmMs)) return Number.NaN;
  for (const { fromMs, toMs, edges } of climb.toReversed()) {
    const usual = (rate.perSecondAt((fromMs + toMs) / 2) * calmMs) / 1000;
    if (edges[edge]!.inFlightMean <= crowdedFactor * usual + crowdedBeyond) break;
    sinceMs = fromMs;
  }
  return sinceMs;
}
