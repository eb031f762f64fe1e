import { databaseKind } from '../postgres/read.ts';
import type { CallEdge, Landscape, Workload } from '../landscape.ts';

/** What becomes a service of the model. */
export interface Part {
  readonly name: string;
  readonly workloads: readonly Workload[];
  readonly isStore: boolean;
  readonly calls: readonly CallEdge[];
}

/** The landscape as services that call each other, without loops. */
export interface System {
  readonly parts: readonly Part[];
  /** Who is called by nobody: where tasks come in. */
  readonly entries: readonly Part[];
  /** Workloads that make load, with what they call. */
  readonly generators: readonly CallEdge[];
  /** Calls that would close a loop. */
  readonly loops: readonly CallEdge[];
  /** Workloads that nobody calls and that call nobody. */
  readonly alone: readonly string[];
}

const generator =
  /(^|[-_])(load-?(gen|generator|test|tester)|locust|k6|wrk|traffic-gen\w*)([-_]|$)/i;

export function systemOf(landscape: Landscape): System {
  const running = landscape.workloads.filter((it) => it.kind !== 'Job' && it.kind !== 'CronJob');
  const names = new Set(running.map((it) => it.serves));
  for (const { from, to } of landscape.edges) names.add(from).add(to);
  const services = [...names].filter((it) => !generator.test(it));
  const between = landscape.edges.filter(
    (it) => !generator.test(it.from) && !generator.test(it.to),
  );
  const generators = landscape.edges.filter(
    (it) => generator.test(it.from) && !generator.test(it.to),
  );
  const loops = loopsOf(services, between);
  const calls = between.filter((it) => !loops.has(it));
  const parts = services.map((name) => partOf(name, running, calls));
  const isCalled = (name: string): boolean => calls.some((it) => it.to === name);
  const connected = parts.filter((it) => it.calls.length > 0 || isCalled(it.name));
  const used = connected.length > 0 ? connected : parts.filter((it) => !it.isStore);
  return {
    parts: used,
    entries: used.filter((it) => !it.isStore && !isCalled(it.name)),
    generators: generators.filter((it) => used.some((part) => part.name === it.to)),
    loops: [...loops],
    alone: parts.filter((it) => !used.includes(it)).map((it) => it.name),
  };
}

function partOf(name: string, running: readonly Workload[], calls: readonly CallEdge[]): Part {
  const workloads = running.filter((it) => it.serves === name);
  const images = workloads.map((it) => it.containers[0]?.image?.value ?? '');
  const isStore = images.some((it) => databaseKind(it) !== undefined) || isStoreName(name);
  return { name, workloads, isStore, calls: calls.filter((it) => it.from === name) };
}

function isStoreName(name: string): boolean {
  return /^(postgres(ql)?|mysql|mariadb|mongo(db)?|redis|valkey|memcached|cassandra)$/i.test(name);
}

/** The calls that lead back to who is already at work, each found on the first way through. */
function loopsOf(names: readonly string[], edges: readonly CallEdge[]): ReadonlySet<CallEdge> {
  const loops = new Set<CallEdge>();
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string): void => {
    if (done.has(name)) return;
    open.add(name);
    for (const edge of edges.filter((it) => it.from === name)) {
      if (open.has(edge.to)) loops.add(edge);
      else visit(edge.to);
    }
    open.delete(name);
    done.add(name);
  };
  for (const name of names) visit(name);
  return loops;
}
