import type { Landscape, Setting } from '../../model/import/landscape.ts';
import { plainName } from './compare.ts';
import type { Side } from './pair.ts';

/** Requests a second of each service, as traces or the traffic of a seaworthy.yaml have it. */
export function loadsOf({ landscape, name }: Side): ReadonlyMap<string, Setting<number>> {
  return new Map([...modelLoads(landscape), ...measuredLoads(landscape, name)]);
}

type Load = readonly [service: string, perSecond: Setting<number>];

function measuredLoads({ measured }: Landscape, side: string): readonly Load[] {
  return measured.flatMap(({ service, ratePerSecond }): readonly Load[] => {
    return ratePerSecond === undefined ? [] : [[plainName(service, side), ratePerSecond]];
  });
}

/** The services that traffic enters at: how much of it goes on is for a simulation to say. */
function modelLoads({ models }: Landscape): readonly Load[] {
  return models.flatMap(({ model, position }) => {
    const loads = new Map<string, Setting<number>>();
    for (const source of model.sources) {
      if (source.arrivals.kind !== 'open') continue;
      const peak = Math.max(...source.arrivals.shape.map(({ perSecond }) => perSecond));
      const service = model.services[model.edges[source.edge]!.to]!.name;
      const before = loads.get(service)?.value ?? 0;
      const origin = position(['traffic', source.name, 'rate']);
      loads.set(service, { value: before + peak, origin });
    }
    return [...loads];
  });
}
