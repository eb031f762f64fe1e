import type { Landscape, Setting } from '../../model/import/landscape.ts';
import { modelService } from './model-services.ts';

/**
 * Requests that one replica works on at once. Infinity: no limit. Undefined: no file says it. Where
 * replicas differ, the smallest.
 */
export function slotsOf(landscape: Landscape, name: string): Setting<number> | undefined {
  const modelled = modelService(landscape, name);
  if (modelled === undefined) return undefined;
  const { file, service } = modelled;
  const value = Math.min(...service.replicas.map(({ concurrency }) => concurrency));
  return { value, origin: file.position(['services', name, 'concurrency']) };
}
