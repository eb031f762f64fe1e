import type { Replica, Service, Step } from '../model.ts';
import type { ServiceEntry } from '../schema/service.ts';
import { admissionSettings } from './criticality.ts';
import type { Context } from './context.ts';
import type { EdgeTable } from './edges.ts';
import { autoscaleOf, checkAutoscale, memoryOf, startUpOf } from './lifecycle.ts';
import { queueSettings } from './policy.ts';
import { processOf } from './stage.ts';
import { StepResolver } from './steps.ts';

/** The services with their steps. Uses an edge for each call on the way. */
export function resolveServices(context: Context, edges: EdgeTable): readonly Service[] {
  const resolver = new StepResolver(context, edges);
  const services: Service[] = [];
  for (const [index, name] of context.serviceNames.entries()) {
    const entry = context.parts.services.get(name);
    if (entry === undefined) continue;
    const steps = resolver.steps(entry.steps, { kind: 'service', index }, name);
    const process = processOf(context, name, entry);
    const service = { ...resolveService(name, entry, steps), process };
    checkAutoscale(context, service);
    services.push(service);
  }
  return services;
}

function resolveService(name: string, entry: ServiceEntry, steps: readonly Step[]): Service {
  return {
    name,
    replicas: replicas(entry),
    balance: entry.balance,
    queue: queueSettings(entry.queue),
    scheduling: entry.scheduling,
    admission: entry.admission && admissionSettings(entry.admission),
    abandoned: entry.abandoned,
    slowdown: slowdown(entry.slowdown),
    pauses: entry.pauses.map((pause) => ({ every: pause.every, time: pause.for })),
    memory: memoryOf(entry.memory),
    autoscale: autoscaleOf(entry.autoscale),
    startUp: startUpOf(entry.start),
    graceMs: entry.grace,
    steps,
    address: entry.address,
    metrics: entry.metrics,
  };
}

function replicas(entry: ServiceEntry): readonly Replica[] {
  const { concurrency, cores } = entry;
  const listed =
    typeof entry.replicas === 'number'
      ? Array.from({ length: entry.replicas }, () => ({ speed: 1 }))
      : entry.replicas;
  return listed.map((replica) => ({ concurrency, cores, ...withoutUndefined(replica) }));
}

function withoutUndefined(replica: {
  concurrency?: number | undefined;
  cores?: number | undefined;
  speed: number;
}): { concurrency?: number; cores?: number; speed: number } {
  const { concurrency, cores, speed } = replica;
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(cores !== undefined && { cores }),
    speed,
  };
}

function slowdown(table: ServiceEntry['slowdown']): Service['slowdown'] {
  if (table === undefined) return undefined;
  return Object.entries(table)
    .map(([inFlight, factor]) => ({ inFlight: Number(inFlight), factor }))
    .toSorted((a, b) => a.inFlight - b.inFlight);
}
