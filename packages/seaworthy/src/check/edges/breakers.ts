import type { Landscape, PolicyLayer } from '../../model/import/landscape.ts';
import { type LayerUse, layerUses } from './uses.ts';

/** A layer that has a breaker. */
export interface BreakerUse extends LayerUse {
  readonly breaker: NonNullable<PolicyLayer['breaker']>;
}

export function* breakerUses(landscape: Landscape): Generator<BreakerUse> {
  for (const use of layerUses(landscape)) {
    const { breaker } = use.layer;
    if (breaker !== undefined) yield { ...use, breaker };
  }
}
