import type { Landscape, Setting } from '../../model/import/landscape.ts';
import type { Service, Step } from '../../model/model.ts';
import { meanMs } from '../../model/distribution.ts';
import { modelService } from './model-services.ts';

/**
 * The requests a second that a service of a seaworthy.yaml can carry while all whom it calls answer
 * at once: of each replica cores / cpu time or slots / (cpu + waiting), whichever is less. What it
 * really carries is never more. Undefined: nothing bounds it, or no model has it.
 */
export function capacityOf(landscape: Landscape, name: string): Setting<number> | undefined {
  const modelled = modelService(landscape, name);
  if (modelled === undefined) return undefined;
  const { file, service } = modelled;
  const value = capacity(service);
  const origin = file.position(['services', name]);
  return value === Infinity ? undefined : { value, origin };
}

function capacity({ replicas, steps }: Service): number {
  const { cpuMs, totalMs } = timeOf(steps);
  return replicas.reduce((sum, { concurrency, cores, speed }) => {
    const byCores = (cores * speed * 1000) / cpuMs;
    const bySlots = (concurrency * 1000) / totalMs;
    return sum + Math.min(byCores, bySlots);
  }, 0);
}

/** Mean time of a request, without what it calls. */
export function timeOf(steps: readonly Step[]): {
  readonly cpuMs: number;
  readonly totalMs: number;
} {
  let cpuMs = 0;
  let totalMs = 0;
  for (const step of steps) {
    if (step.kind === 'cpu') cpuMs += meanMs(step.demand);
    if (step.kind === 'cpu') totalMs += meanMs(step.demand);
    if (step.kind === 'wait') totalMs += meanMs(step.time);
    if (step.kind === 'lock') {
      const inner = timeOf(step.steps);
      cpuMs += inner.cpuMs;
      totalMs += inner.totalMs;
    }
    if (step.kind === 'together') {
      const branches = step.branches.map(timeOf);
      cpuMs += branches.reduce((sum, it) => sum + it.cpuMs, 0);
      totalMs += Math.max(...branches.map((it) => it.totalMs));
    }
  }
  return { cpuMs, totalMs };
}
