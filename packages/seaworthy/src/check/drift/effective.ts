import type { Landscape } from '../../model/import/landscape.ts';
import { edgeValues } from './effective/edges.ts';
import { storeValues } from './effective/stores.ts';
import { workloadValues } from './effective/workloads.ts';
import type { EffectiveValue } from './kinds.ts';

/** Everything that must be equal, scale or differ, with the defaults that apply. */
export function effectiveValues(landscape: Landscape): readonly EffectiveValue[] {
  return [
    ...landscape.workloads.flatMap(workloadValues),
    ...edgeValues(landscape),
    ...storeValues(landscape),
  ];
}
