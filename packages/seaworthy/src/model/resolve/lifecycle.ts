import type { Autoscale, StartUp } from '../lifecycle.ts';
import type { Service } from '../model.ts';
import type { ServiceEntry } from '../schema/service.ts';
import type { Context } from './context.ts';

/** As `kubectl autoscale` has it. */
const usualCpu = 0.8;

export function startUpOf(entry: ServiceEntry['start']): StartUp {
  return { readyAfter: entry.readyAfter, slower: entry.slower, warmUpMs: entry.warmUp };
}

export function memoryOf(entry: ServiceEntry['memory']): Service['memory'] {
  if (entry === undefined) return undefined;
  return {
    heapBytes: entry.heap,
    liveBytes: entry.live,
    garbageBytes: entry.garbage,
    perRequestBytes: entry.perRequest,
    leakBytes: entry.leak,
    pause: entry.pause,
  };
}

export function autoscaleOf(entry: ServiceEntry['autoscale']): Autoscale | undefined {
  if (entry === undefined) return undefined;
  const { min, max, tolerance } = entry;
  return {
    min,
    max,
    metric: entry.inFlight === undefined ? 'cpu' : 'in-flight',
    target: entry.inFlight ?? entry.cpu ?? usualCpu,
    everyMs: entry.every,
    stabilizationMs: entry.stabilization,
    tolerance,
  };
}

/** It begins with as many as the service has, and can only measure what there is. */
export function checkAutoscale({ problems, root }: Context, service: Service): void {
  const { autoscale, name, replicas, steps } = service;
  if (autoscale === undefined) return;
  const { min, max, metric } = autoscale;
  const path = ['services', name, 'autoscale'];
  if (replicas.length < min || replicas.length > max) {
    const message = `the service begins with ${replicas.length}, which is not from ${min} to ${max}`;
    problems.atKey(root, path, message, 'change `replicas`, or the range');
  }
  if (metric === 'cpu' && !steps.some(computes)) {
    const hint = 'add a cpu step, or scale by inFlight';
    problems.atKey(root, path, 'no step of the service needs cpu', hint);
  }
}

function computes(step: Service['steps'][number]): boolean {
  if (step.kind === 'together') return step.branches.some((branch) => branch.some(computes));
  if (step.kind === 'lock') return step.steps.some(computes);
  return step.kind === 'cpu';
}
