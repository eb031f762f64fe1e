import type { CallEdge, PolicyLayer, Setting } from '../../model/import/landscape.ts';
import { count } from '../evidence.ts';
import type { Evidence } from '../finding.ts';
import { layerName } from './edge.ts';

/** A layer that may try more than once. */
export interface RetryingLayer {
  readonly layer: PolicyLayer;
  readonly attempts: Setting<number>;
}

export function retryingLayers(edge: CallEdge): readonly RetryingLayer[] {
  return edge.layers.flatMap((layer) => {
    const { attempts } = layer;
    return attempts !== undefined && attempts.value > 1 ? [{ layer, attempts }] : [];
  });
}

/** Layers multiply: each try of an outer one is a whole call of the inner one. */
export function attemptsOn(edge: CallEdge): number {
  return retryingLayers(edge).reduce((product, { attempts }) => product * attempts.value, 1);
}

export function attemptsEvidence(edge: CallEdge): readonly Evidence[] {
  return retryingLayers(edge).map(({ layer, attempts }) =>
    count(`attempts of ${layerName(edge, layer)}`, attempts),
  );
}
