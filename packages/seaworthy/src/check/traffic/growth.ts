import type { Landscape, ReadModelFile, Setting } from '../../model/import/landscape.ts';
import type { Model } from '../../model/model.ts';
import { Traffic } from './traffic.ts';

/** Traffic into a service that grows. */
export interface Growth {
  /** `people`, `the burst of people in sale`. */
  readonly of: string;
  /** Requests a second into the service. */
  readonly from: Setting<number>;
  readonly to: Setting<number>;
  /** How long it takes. 0: all at once. */
  readonly over: Setting<number>;
}

/** One change of the rate of a source. */
interface Change {
  readonly of: string;
  readonly source: number;
  readonly before: number;
  readonly after: number;
  readonly overMs: number;
  readonly path: readonly (string | number)[];
}

/** All growth that a file has for a service, of each source while the others are at their peak. */
export function* growths(
  landscape: Landscape,
  file: ReadModelFile,
  service: string,
): Generator<Growth> {
  for (const { of, source, before, after, overMs, path } of changesIn(file.model)) {
    const origin = file.position(path);
    const into = (perSecond: number): number | undefined =>
      rateInto(landscape, withRate(file, source, perSecond), service);
    const [from, to] = [into(before), into(after)];
    if (from === undefined || to === undefined || to <= from) continue;
    const set = (value: number): Setting<number> => ({ value, origin });
    yield { of, from: set(from), to: set(to), over: set(overMs) };
  }
}

function* changesIn({ sources, scenarios }: Model): Generator<Change> {
  for (const [source, { name, arrivals }] of sources.entries()) {
    if (arrivals.kind !== 'open') continue;
    for (const [index, { perSecond: after, overMs }] of arrivals.shape.entries()) {
      const before = arrivals.shape[index - 1]?.perSecond ?? after;
      yield { of: name, source, before, after, overMs, path: ['traffic', name] };
    }
    const peak = Math.max(...arrivals.shape.map(({ perSecond }) => perSecond));
    for (const scenario of scenarios) {
      for (const [index, fault] of scenario.faults.entries()) {
        if (fault.kind !== 'burst' || fault.source !== source) continue;
        const of = `the burst of ${name} in ${scenario.name}`;
        const path = ['scenarios', scenario.name, index];
        const { factor, overMs } = fault;
        yield { of, source, before: peak, after: peak * factor, overMs, path };
      }
    }
  }
}

function withRate(file: ReadModelFile, index: number, perSecond: number): ReadModelFile {
  const shape = [{ atMs: 0, perSecond, overMs: 0 }];
  const sources = file.model.sources.map((source, at) =>
    at === index && source.arrivals.kind === 'open'
      ? { ...source, arrivals: { ...source.arrivals, shape } }
      : source,
  );
  return { ...file, model: { ...file.model, sources } };
}

function rateInto(landscape: Landscape, file: ReadModelFile, name: string): number | undefined {
  const models = landscape.models.map((it) => (it.file === file.file ? file : it));
  return new Traffic({ ...landscape, models }).into(name)?.value;
}
