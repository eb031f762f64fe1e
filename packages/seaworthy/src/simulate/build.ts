import {
  Admission,
  allStages,
  Cache,
  CallEngine,
  portable,
  RetryBudget,
  stream,
  type RandomStream,
} from '@seaworthy/policy/engine';

import type { MessageQueue } from '../model/message-queue.ts';
import type { Edge, Fault, Model, Scenario, Service } from '../model/model.ts';
import { publishersOf } from '../model/publishers.ts';
import { placesOf, rolloutsOf } from '../model/rollout.ts';
import { Sampler } from '../model/chance/sampler.ts';
import { ArrivalProcess, sourceStream } from '../traffic/open-arrivals.ts';
import { burstsOf } from '../traffic/rate.ts';
import { Choice } from './follow/choice.ts';
import { Examples } from './follow/examples.ts';
import { Fleet } from './fleet/fleet.ts';
import { ZipfSampler } from './chance/zipf.ts';
import { FaultTimeline } from './load/fault-timeline.ts';
import { Pauses } from './load/pauses.ts';
import { hasClasses, knowsLevels, TaskLevels } from './load/task-levels.ts';
import { ClassMeter } from './measure/class-meter.ts';
import { SourceRuntime } from './load/source.ts';
import { CachedEdge } from './policy/cached-edge.ts';
import { EdgeRuntime } from './policy/edge.ts';
import type { EdgeParts } from './policy/edge-parts.ts';
import { MessageQueueRuntime } from './messages/message-queue.ts';
import { PolicyClock } from './policy/policy-clock.ts';
import { EventKind, eventFor } from './time/event-kind.ts';
import { Balancer } from './work/balancer.ts';
import { type Cores, QueuedCores, SharedCores } from './work/cores.ts';
import { Heap } from './work/heap.ts';
import { Network } from './work/network.ts';
import { compile } from './work/program.ts';
import { Phase, ReplicaRuntime } from './work/replica.ts';
import { RowsRuntime } from './work/rows.ts';
import { ServiceRuntime } from './work/service.ts';
import { World } from './world.ts';

/** Puts a model into virtual time, at 0, with its first arrivals scheduled. */
export function buildWorld(model: Model, scenario: Scenario | undefined, seed: number): World {
  const world = new World();
  const faults = scenario?.faults ?? [];
  const streamFor = (entity: string, purpose: string): RandomStream =>
    stream(seed, entity, purpose);
  world.pauses = new Pauses(world);
  world.examples = new Examples(model.run.warmUpMs, streamFor('run', 'examples'));
  for (const rows of model.rows) world.rows.push(new RowsRuntime(rows, world.requests));
  for (const service of model.services) addService(world, service, scenario, streamFor);
  for (const edge of model.edges) addEdge(world, model, edge, streamFor);
  publishersOf(model).forEach((publishers, index) =>
    addQueue(world, model.queues[index]!, index, { streamFor, publishers }),
  );
  addSources(world, model, faults, seed);
  world.faults = new FaultTimeline(world, faults);
  world.faults.start();
  world.pauses.start();
  for (const fleet of world.fleets) fleet?.autoscaler?.start();
  for (const source of world.sources) source.start();
  return world;
}

type StreamFor = (entity: string, purpose: string) => RandomStream;

function addService(
  world: World,
  model: Service,
  scenario: Scenario | undefined,
  streamFor: StreamFor,
): void {
  const entity = `service ${model.name}`;
  const program = compile(model.steps, (purpose) => streamFor(entity, purpose));
  const index = world.services.length;
  const rollouts = rolloutsOf(scenario, index);
  const places = placesOf(model, index, scenario);
  const size = { places, versions: rollouts.length + 1 };
  const chances = { faults: streamFor(entity, 'faults'), starts: streamFor(entity, 'starts') };
  const service = new ServiceRuntime(model, index, program, chances, size);
  world.services.push(service);
  for (let number = 0; number < places; number++) {
    const replica = addReplica(world, service, number);
    if (number >= model.replicas.length) replica.setPhase(Phase.absent, false, 0);
    if (model.memory !== undefined) {
      const collections = streamFor(`${entity} replica ${number}`, 'collections');
      replica.heap = new Heap(model.memory, new Sampler(model.memory.pause, collections));
    }
    const { admission } = model;
    if (admission !== undefined) {
      const strangers = streamFor(`${entity} replica ${number}`, 'admission');
      replica.door = new Admission(admission, strangers, 0);
    }
    model.pauses.forEach((pause, kind) => {
      const pauses = streamFor(`${entity} replica ${number}`, `pauses ${kind}`);
      world.pauses.add(replica, pause, pauses);
    });
  }
  service.listEndpoints(0);
  const changes = rollouts.length > 0 || model.autoscale !== undefined;
  world.fleets.push(changes ? new Fleet(world, service, rollouts) : undefined);
}

/** Places beyond those that the model lists are like them, in turn. */
function addReplica(world: World, service: ServiceRuntime, number: number): ReplicaRuntime {
  const { model } = service;
  const size = model.replicas[number % model.replicas.length]!;
  const replicaIndex = world.replicas.length;
  const payload = eventFor(EventKind.cores, replicaIndex);
  const cores: Cores =
    model.scheduling === 'shared'
      ? new SharedCores(size.cores, world.events, world.requests.computing, payload)
      : new QueuedCores(size.cores, world.events, payload);
  const replica = new ReplicaRuntime(service, replicaIndex, number, size, cores);
  world.replicas.push(replica);
  service.replicas.push(replica);
  return replica;
}

function addEdge(world: World, model: Model, edge: Edge, streamFor: StreamFor): void {
  const entity = `edge ${edge.name}`;
  const { budget } = edge.policy.retry ?? {};
  const sharedBudget =
    edge.budgetShared && budget !== undefined ? new RetryBudget(budget, 0) : undefined;
  const network = new Network(
    edge.network,
    streamFor(entity, 'latency'),
    streamFor(entity, 'network faults'),
    streamFor(entity, 'connections'),
    streamFor(entity, 'slow spells'),
  );
  const settings = edge.policy.cache;
  const sharedCache =
    settings !== undefined && edge.cache?.shared === true
      ? new Cache(settings, streamFor(entity, 'shared cache'), portable)
      : undefined;
  const parts = {
    balancer: new Balancer(world.services[edge.to]!, streamFor(entity, 'balance')),
    network,
    callers: callersOf(world, model, edge),
    newEngine: (owner: EdgeRuntime, caller: number) =>
      newEngine(world, owner, caller, { streamFor, sharedCache }),
    sharedBudget,
    tellsLevel: model.services[edge.to]!.admission !== undefined,
    classes: hasClasses(model, edge) ? new ClassMeter() : undefined,
    fallbackTimes: edge.fallbacks.map((link, position) =>
      link.kind === 'answer'
        ? new Sampler(link.time, streamFor(entity, `fallback ${position}`))
        : undefined,
    ),
  };
  const index = world.edges.length;
  if (settings === undefined) world.edges.push(new EdgeRuntime(world, edge, index, parts));
  else world.edges.push(cachedEdge(world, model, edge, parts, streamFor));
}

function cachedEdge(
  world: World,
  model: Model,
  edge: Edge,
  parts: EdgeParts,
  streamFor: StreamFor,
): CachedEdge {
  const entity = `edge ${edge.name}`;
  const { keys, warmShare = 0 } = edge.cache ?? {};
  const runtime = new CachedEdge(world, edge, world.edges.length, {
    ...parts,
    keys: keys && new ZipfSampler(keys.count, keys.zipf, streamFor(entity, 'keys')),
    chance: streamFor(entity, 'cache'),
  });
  const ofTasks = Math.max(0, ...model.sources.map((source) => source.keys?.count ?? 0));
  const { capacity } = edge.policy.cache!;
  const callers =
    edge.from.kind === 'source' ? Infinity : model.services[edge.from.index]!.replicas.length;
  runtime.fill(callers, Math.min(capacity, Math.round((keys?.count ?? ofTasks) * warmShare)));
  return runtime;
}

function callersOf(world: World, model: Model, edge: Edge): number {
  const { kind, index } = edge.from;
  // The consumers of a queue are one process.
  if (kind === 'queue') return 1;
  return kind === 'source' ? model.sources[index]!.clients : world.services[index]!.replicas.length;
}

function newEngine(
  world: World,
  edge: EdgeRuntime,
  caller: number,
  { streamFor, sharedCache }: { streamFor: StreamFor; sharedCache: Cache | undefined },
): CallEngine {
  const { from, name, policy } = edge.model;
  const replica =
    from.kind === 'service' ? world.services[from.index]!.replicas[caller] : undefined;
  const clock = new PolicyClock(world, world.clocks.length, replica);
  world.clocks.push(clock);
  const engine = new CallEngine(policy, {
    clock,
    random: streamFor(`edge ${name} caller ${caller}`, 'policy'),
    analysis: portable,
    host: edge,
    observer: edge,
    stages: allStages,
    ...(sharedCache === undefined ? {} : { cache: sharedCache }),
    ...(edge.sharedBudget === undefined ? {} : { budget: edge.sharedBudget }),
  });
  edge.callee?.tellEndpoints(engine);
  return engine;
}

function addQueue(
  world: World,
  model: MessageQueue,
  index: number,
  {
    streamFor,
    publishers,
  }: { readonly streamFor: StreamFor; readonly publishers: readonly number[] },
): void {
  const entity = `queue ${model.name}`;
  const chances = {
    poison: streamFor(entity, 'poison'),
    partitions: streamFor(entity, 'partitions'),
    backoff: streamFor(entity, 'backoff'),
  };
  world.queues.push(new MessageQueueRuntime(world, model, index, chances, publishers));
}

function addSources(world: World, model: Model, faults: readonly Fault[], seed: number): void {
  model.sources.forEach((source, index) => {
    const { arrivals } = source;
    const draw = (purpose: string): RandomStream => sourceStream(seed, source.name, purpose);
    const process =
      arrivals.kind === 'open'
        ? new ArrivalProcess(arrivals, burstsOf(faults, index), draw('arrivals'))
        : undefined;
    const levels = knowsLevels(model, source)
      ? new TaskLevels(source.criticality, draw('criticality'))
      : undefined;
    const chances = {
      clients: draw('clients'),
      think: draw('think'),
      patience: draw('patience'),
      keys: draw('keys'),
      followed: new Choice(draw('followed')),
    };
    world.sources.push(new SourceRuntime(world, source, index, chances, { process, levels }));
  });
}
