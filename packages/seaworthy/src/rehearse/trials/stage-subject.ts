import type { Model } from '../../model/model.ts';
import { formatAddress } from '../proxy/address.ts';
import { root } from '../sources.ts';
import type { Replica } from '../stage/replica.ts';
import type { Stage } from '../stage/stage.ts';
import type { Dependency, Process, Subject } from './subject.ts';

export interface SubjectOptions {
  /** Open at once. */
  readonly connections: number;
  /** How the process of a replica has ended by itself since this was last asked. */
  readonly crashOf: (replica: string) => string | undefined;
  readonly signal: AbortSignal;
}

/**
 * The services of a stage as the subject of a battery: its target is where the first source sends.
 */
export function subjectOf(
  model: Model,
  stage: Stage,
  { connections, crashOf, signal }: SubjectOptions,
): Subject {
  const source = model.sources[0]!;
  const index = model.edges[source.edge]!.to;
  const target = model.services[index]!;
  const front = stage.proxies.get(model.edges[source.edge]!.name)!;
  const scheme = target.address?.startsWith('https:') === true ? 'https' : 'http';
  const own = stage.replicas[index]!;
  const others = stage.replicas.filter((replicas) => replicas !== own);
  const processes = [own, ...others].flat().map((it) => processOf(it, crashOf, signal));
  return {
    target: target.name,
    load: {
      target: `${scheme}://${formatAddress(front.upstream)}`,
      requests: source.requests ?? [root],
      maxConnections: connections,
    },
    front,
    journal: stage.proxies.journal,
    dependencies: dependenciesOf(model, stage),
    outOfReach: outOfReach(model, stage),
    processes,
    noProcess: own.length > 0 ? '' : 'seaworthy did not start it',
  };
}

/** Every proxy behind the target; by the name of the callee where only one leads there. */
function dependenciesOf(model: Model, stage: Stage): readonly Dependency[] {
  const sources = new Set(model.sources.map((it) => model.edges[it.edge]!.name));
  const edges = stage.proxies.edges.filter((it) => !sources.has(it.name));
  return edges.map((edge) => {
    const callee = calleeOf(edge.name);
    const isOnly = edges.filter((it) => calleeOf(it.name) === callee).length === 1;
    return { name: isOnly ? callee : edge.name, edge };
  });
}

/** Calls of services that run already, and that nobody has told of a proxy. */
function outOfReach({ edges, services }: Model, { proxies }: Stage): Subject['outOfReach'] {
  return edges.flatMap(({ name, from, to }) => {
    if (from.kind !== 'service' || proxies.get(name) !== undefined) return [];
    const caller = services[from.index]!.name;
    const callee = services[to]!.name;
    const isOnly = edges.filter((it) => it.to === to).length === 1;
    const because = `no proxy stands on ${name}: ${caller} runs already, and calls past seaworthy`;
    return [{ name: isOnly ? callee : name, because }];
  });
}

/** Of `web -> payments`. */
function calleeOf(edge: string): string {
  return edge.split(' -> ')[1] ?? edge;
}

function processOf(
  replica: Replica,
  crashOf: SubjectOptions['crashOf'],
  signal: AbortSignal,
): Process {
  return {
    service: replica.settings.service,
    pause: () => replica.pause(),
    resume: () => replica.resume(),
    restart: async () => {
      await replica.kill();
      await replica.start(signal);
    },
    crash: () => crashOf(replica.settings.name),
  };
}
