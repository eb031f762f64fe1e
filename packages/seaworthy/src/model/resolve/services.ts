import type { Edge, Replica, Service, Step } from '../model.ts';
import type { ServiceEntry } from '../schema/service.ts';
import type { StepEntry } from '../schema/steps.ts';
import type { Path } from '../source/located.ts';
import type { Context } from './context.ts';
import type { EdgeTable } from './edges.ts';
import { queueSettings } from './policy.ts';

/** More than this in one file is generated, and too much to simulate. */
const mostSteps = 20_000;

/** The services with their steps. Uses an edge for each call on the way. */
export function resolveServices(context: Context, edges: EdgeTable): readonly Service[] {
  const resolver = new StepResolver(context, edges);
  const services: Service[] = [];
  for (const [index, name] of context.serviceNames.entries()) {
    const entry = context.parts.services.get(name);
    if (entry === undefined) continue;
    const steps = resolver.steps(entry.steps, { kind: 'service', index }, name);
    services.push(resolveService(name, entry, steps));
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
    abandoned: entry.abandoned,
    slowdown: slowdown(entry.slowdown),
    pauses: entry.pauses.map((pause) => ({ every: pause.every, time: pause.for })),
    startUp: {
      readyAfter: entry.start.readyAfter,
      slower: entry.start.slower,
      warmUpMs: entry.start.warmUp,
    },
    graceMs: entry.grace,
    steps,
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

class StepResolver {
  private readonly context: Context;
  private readonly edges: EdgeTable;
  private total = 0;

  constructor(context: Context, edges: EdgeTable) {
    this.context = context;
    this.edges = edges;
  }

  steps(entries: readonly StepEntry[], from: Edge['from'], service: string): readonly Step[] {
    return this.list(entries, { from, service }, ['services', service, 'steps']);
  }

  private list(entries: readonly StepEntry[], caller: Caller, path: Path): readonly Step[] {
    return entries.flatMap((entry, index) => this.step(entry, caller, [...path, index]));
  }

  private step(entry: StepEntry, caller: Caller, path: Path): readonly Step[] {
    this.total++;
    if (this.total === mostSteps + 1) {
      this.context.problems.atValue(this.context.root, path, `more than ${mostSteps} steps`);
    }
    if (this.total > mostSteps) return [];
    if ('cpu' in entry) return [{ kind: 'cpu', demand: entry.cpu }];
    if ('wait' in entry) return [{ kind: 'wait', time: entry.wait }];
    if ('fail' in entry) return [{ kind: 'fail', probability: entry.fail }];
    if ('call' in entry) return this.call(entry.call, caller, [...path, 'call']);
    const branches = entry.together.map((branch, index) => {
      const inner = [...path, 'together', index];
      return isList(branch) ? this.list(branch, caller, inner) : this.step(branch, caller, inner);
    });
    return [{ kind: 'together', branches }];
  }

  private call(
    entry: { to: string; probability: number; times: number; optional: boolean },
    caller: Caller,
    path: Path,
  ): readonly Step[] {
    const edge = this.edges.use(caller.from, caller.service, entry.to, [...path, 'to']);
    const { probability, optional } = entry;
    this.total += entry.times - 1;
    return Array.from({ length: entry.times }, () => ({
      kind: 'call',
      edge,
      probability,
      optional,
    }));
  }
}

interface Caller {
  readonly from: Edge['from'];
  readonly service: string;
}

function isList(branch: StepEntry | readonly StepEntry[]): branch is readonly StepEntry[] {
  return Array.isArray(branch);
}
