import type { Landscape, Setting } from '../../model/import/landscape.ts';
import { modelService } from './model-services.ts';

/**
 * Requests that one replica works on at once. Infinity: no limit. Undefined: no file says it. Where
 * replicas differ, the smallest.
 */
export function slotsOf(landscape: Landscape, name: string): Setting<number> | undefined {
  return slots(landscape, name, (each) => Math.min(...each));
}

/** Of all replicas together. */
export function allSlotsOf(landscape: Landscape, name: string): Setting<number> | undefined {
  return slots(landscape, name, (each) => each.reduce((sum, it) => sum + it, 0));
}

function slots(
  landscape: Landscape,
  name: string,
  together: (each: readonly number[]) => number,
): Setting<number> | undefined {
  const modelled = modelService(landscape, name);
  if (modelled === undefined) return undefined;
  const { file, service } = modelled;
  const value = together(service.replicas.map(({ concurrency }) => concurrency));
  return { value, origin: file.position(['services', name, 'concurrency']) };
}
