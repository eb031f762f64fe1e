import type { CallEdge, Landscape, ReadModelFile, Setting } from '../../model/import/landscape.ts';
import type { Model, Step } from '../../model/model.ts';
import { callerOf, modelService } from './model-services.ts';

/** What rules say when a rate is missing: the same words, so that reports can put them together. */
export const rateInput = 'how many calls a second go over it: traces, or a seaworthy.yaml';

/** The most calls a second, first attempts only, by edge and by callee. */
export class Traffic {
  private readonly byEdge = new Map<string, Setting<number>>();
  private readonly byCallee = new Map<string, Setting<number>>();
  private readonly behindCaches = new Set<string>();
  private readonly landscape: Landscape;

  constructor(landscape: Landscape) {
    this.landscape = landscape;
    const served = new Map(landscape.measured.map((it) => [it.service, it.ratePerSecond]));
    for (const { from, to, measured } of landscape.edges) {
      const rate = measured?.ratePerSecond ?? scaled(served.get(from), measured?.perRequest.value);
      if (rate !== undefined) this.add(from, to, rate);
    }
    // What was seen at a service is more than what was seen of its callers.
    for (const [service, rate] of served) if (rate !== undefined) this.byCallee.set(service, rate);
    // What a model says of its own peak is more than what traces happened to see.
    for (const file of landscape.models) this.addModel(file);
  }

  /** Over the edge, of all callers together. Undefined: nothing tells. */
  over({ from, to }: Pick<CallEdge, 'from' | 'to'>): Setting<number> | undefined {
    return this.byEdge.get(`${from}\n${to}`);
  }

  /** Over the edge, of each caller that keeps its own state. */
  ofEachCaller(edge: Pick<CallEdge, 'from' | 'to'>): Setting<number> | undefined {
    const rate = this.over(edge);
    const callers = callerCount(this.landscape, edge.from);
    return rate && callers && { ...rate, value: rate.value / callers.value };
  }

  /** Into a service, from all callers. Undefined as well: a cache takes an unknown part of it. */
  into(callee: string): Setting<number> | undefined {
    return this.behindCaches.has(callee) ? undefined : this.byCallee.get(callee);
  }

  private add(from: string, to: string, rate: Setting<number>): void {
    this.byEdge.set(`${from}\n${to}`, rate);
    const before = this.byCallee.get(to);
    this.byCallee.set(to, before ? { ...rate, value: before.value + rate.value } : rate);
  }

  private addModel(file: ReadModelFile): void {
    const { model } = file;
    for (const { to } of model.edges) this.byCallee.delete(model.services[to]!.name);
    for (const name of servicesBehindCaches(model)) this.behindCaches.add(name);
    for (const [index, value] of modelRates(model)) {
      const edge = model.edges[index]!;
      const origin = file.position(['traffic']);
      this.add(callerOf(model, edge), model.services[edge.to]!.name, { value, origin });
    }
  }
}

function scaled(
  rate: Setting<number> | undefined,
  factor: number | undefined,
): Setting<number> | undefined {
  if (rate === undefined || factor === undefined) return undefined;
  return { ...rate, value: rate.value * factor };
}

/** Calls a second over each edge that open-loop traffic reaches, at its highest. */
function modelRates(model: Model): ReadonlyMap<number, number> {
  const rates = new Map<number, number>();
  const add = (edge: number, perSecond: number): void => {
    rates.set(edge, (rates.get(edge) ?? 0) + perSecond);
  };
  for (const { arrivals, edge } of model.sources) {
    if (arrivals.kind === 'open') {
      add(edge, Math.max(...arrivals.shape.map(({ perSecond }) => perSecond)));
    }
  }
  for (const service of callersFirst(model)) {
    const into = [...rates].filter(([edge]) => model.edges[edge]!.to === service);
    const perSecond = into.reduce((sum, [, rate]) => sum + rate, 0);
    for (const { edge, times } of callsIn(model.services[service]!.steps)) {
      if (perSecond > 0) add(edge, perSecond * times);
    }
  }
  return rates;
}

/** What a cached edge leads to, and all that this calls. */
function servicesBehindCaches(model: Model): readonly string[] {
  const behind = new Set<number>();
  for (const { policy, to } of model.edges) if (policy.cache !== undefined) behind.add(to);
  for (const service of callersFirst(model)) {
    if (!behind.has(service)) continue;
    for (const { edge } of callsIn(model.services[service]!.steps)) {
      behind.add(model.edges[edge]!.to);
    }
  }
  return [...behind].map((index) => model.services[index]!.name);
}

/** The services, each after all that call it: a model has no cycles. */
function callersFirst(model: Model): readonly number[] {
  const done = new Set<number>();
  const order: number[] = [];
  const visit = (service: number): void => {
    if (done.has(service)) return;
    done.add(service);
    for (const { edge } of callsIn(model.services[service]!.steps)) visit(model.edges[edge]!.to);
    order.push(service);
  };
  for (const service of model.services.keys()) visit(service);
  return order.toReversed();
}

/** How often each edge is called for one request; a model has no cycles. */
export function* callsIn(
  steps: readonly Step[],
): Generator<{ readonly edge: number; readonly times: number; readonly optional: boolean }> {
  for (const step of steps) {
    if (step.kind === 'call') {
      yield { edge: step.edge, times: step.probability, optional: step.optional };
    }
    if (step.kind === 'lock') yield* callsIn(step.steps);
    if (step.kind === 'together') for (const branch of step.branches) yield* callsIn(branch);
  }
}

/** How many of a caller there are, each with its own pools, budgets and breakers. */
export function callerCount(landscape: Landscape, name: string): Setting<number> | undefined {
  const modelled = modelService(landscape, name);
  if (modelled !== undefined) {
    const { file, service } = modelled;
    const origin = file.position(['services', name, 'replicas']);
    return { value: service.replicas.length, origin };
  }
  for (const file of landscape.models) {
    const source = file.model.sources.find((it) => it.name === name);
    if (source !== undefined) {
      return { value: source.clients, origin: file.position(['traffic', name, 'clients']) };
    }
  }
  const workload = landscape.workloads.find(({ serves }) => serves === name);
  return workload?.autoscaler?.max ?? workload?.replicas;
}
