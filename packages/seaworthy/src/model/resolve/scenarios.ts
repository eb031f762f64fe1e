import type { Fault, Scenario, Service, Target } from '../model.ts';
import { didYouMean } from '../nearest.ts';
import type { Subjects } from '../objective.ts';
import type { FaultEntry } from '../schema/scenario.ts';
import type { Located, Path } from '../source/located.ts';
import { lookUp } from '../source/located.ts';
import type { Context } from './context.ts';
import { queueIndex, serviceIndex } from './context.ts';
import { resolveRollout } from './rollout.ts';

const targetKeys = ['slow', 'fail', 'blackhole', 'reset', 'loss', 'capacity', 'kill', 'pause'];

/** The scenarios with their faults in the order of the file. */
export function resolveScenarios(
  context: Context,
  services: readonly Service[],
  subjects: Subjects,
): readonly Scenario[] {
  const scenarios: Scenario[] = [];
  for (const [name, entries] of context.parts.scenarios) {
    const faults = (entries ?? []).map((entry, index) => {
      return new FaultResolver({ context, services, subjects }, ['scenarios', name, index]).fault(
        entry,
      );
    });
    scenarios.push({ name, faults });
  }
  return scenarios;
}

/** Faults that know what they are about by another key than a target. */
type NotAimed =
  | { burst: string }
  | { flush: string }
  | { poison: string }
  | { deploy: string }
  | { canary: string };

/** What faults can refer to. */
interface FaultSystem {
  readonly context: Context;
  readonly services: readonly Service[];
  readonly subjects: Subjects;
}

/** In one line, as YAML. */
function written(value: Located): string {
  if (value.kind === 'scalar') return value.text;
  if (value.kind === 'list') return `[${value.items.map(written).join(', ')}]`;
  const entries = [...value.entries].map(([key, entry]) => `${key}: ${written(entry.value)}`);
  return `{ ${entries.join(', ')} }`;
}

class FaultResolver {
  private readonly context: Context;
  private readonly services: readonly Service[];
  private readonly subjects: Subjects;
  private readonly path: Path;

  constructor(system: FaultSystem, path: Path) {
    this.context = system.context;
    this.services = system.services;
    this.subjects = system.subjects;
    this.path = path;
  }

  fault(entry: FaultEntry): Fault {
    if ('flush' in entry) {
      const [target, share] = [this.cachedEdge(entry.flush), entry.share];
      return { kind: 'flush', atMs: entry.at, forMs: 0, text: this.text(), target, share };
    }
    const forMs = 'for' in entry ? entry.for : Infinity;
    const when = { atMs: entry.at, forMs, text: this.text() };
    if ('burst' in entry) {
      const source = this.source(entry.burst);
      return { ...when, kind: 'burst', source, factor: entry.by, overMs: entry.over };
    }
    if ('poison' in entry) {
      const queue = queueIndex(this.context, entry.poison, [...this.path, 'poison']);
      return { ...when, kind: 'poison', queue, share: entry.share };
    }
    if ('deploy' in entry || 'canary' in entry) {
      const name = 'deploy' in entry ? entry.deploy : entry.canary;
      const path = [...this.path, 'deploy' in entry ? 'deploy' : 'canary'];
      const service = serviceIndex(this.context, name, path);
      return { ...when, ...resolveRollout(entry, service, this.services) };
    }
    const target = this.target(entry);
    if ('slow' in entry) {
      return { ...when, kind: 'slow', target, factor: entry.by, addsMs: entry.adds };
    }
    if ('fail' in entry) return { ...when, kind: 'fail', target, share: entry.share };
    if ('blackhole' in entry) return { ...when, kind: 'blackhole', target, share: entry.share };
    if ('reset' in entry) return { ...when, kind: 'reset', target, share: entry.share };
    if ('loss' in entry) return { ...when, kind: 'loss', target, share: entry.share };
    if ('capacity' in entry) return { ...when, kind: 'capacity', target, share: entry.to };
    if ('kill' in entry) return { ...when, kind: 'kill', target };
    return { ...when, kind: 'pause', target };
  }

  /** As the author wrote it, without when it happens. */
  private text(): string {
    const { found } = lookUp(this.context.root, this.path);
    if (found.kind !== 'map') return '';
    const parts: string[] = [];
    for (const [key, { value }] of found.entries) {
      if (key !== 'at' && key !== 'for') parts.push(`${key}: ${written(value)}`);
    }
    return parts.join(', ');
  }

  private source(name: string): number {
    const { parts, problems, root, sourceNames } = this.context;
    const index = sourceNames.indexOf(name);
    const entry = parts.traffic.get(name);
    if (entry !== undefined && 'users' in entry) {
      const message = `${name} has users, not a rate: there are as many as there are`;
      problems.atValue(root, [...this.path, 'burst'], message, 'burst a source with a rate');
    }
    if (index === -1) {
      const nearest = () => didYouMean(name, sourceNames);
      problems.atValue(root, [...this.path, 'burst'], `unknown source "${name}"`, nearest);
    }
    return index;
  }

  private target(entry: Exclude<FaultEntry, NotAimed>): Target {
    const key = targetKeys.find((word) => word in entry) ?? '';
    const name = (entry as unknown as Record<string, string>)[key] ?? '';
    const path = [...this.path, key];
    const index = this.context.serviceNames.indexOf(name);
    if (index !== -1) {
      const replicas = this.replicas(entry.replicas, name);
      return { kind: 'service', index, replicas };
    }
    const takesEdges = !['capacity', 'kill', 'pause'].includes(key);
    const edge = takesEdges ? this.subjects.edgeIndex(name) : -1;
    if (edge === -1) this.unknownTarget(name, path, takesEdges);
    else if (entry.replicas !== undefined) {
      const replicasPath = [...this.path, 'replicas'];
      this.context.problems.atKey(this.context.root, replicasPath, 'an edge has no replicas');
    }
    return { kind: 'edge', index: edge };
  }

  private cachedEdge(name: string): Target {
    const { problems, root, parts } = this.context;
    const path = [...this.path, 'flush'];
    const index = this.subjects.edgeIndex(name);
    if (index === -1) {
      const nearest = () => didYouMean(name, this.subjects.edges);
      problems.atValue(root, path, `unknown edge "${name}"`, nearest);
    } else if (parts.calls.has(name) ? parts.calls.get(name)?.cache === undefined : true) {
      const isUnread = parts.calls.has(name) && parts.calls.get(name) === undefined;
      const hint = `add cache: { ttl: 60s } to calls.${name}`;
      if (!isUnread) problems.atValue(root, path, `${name} has no cache`, hint);
    }
    return { kind: 'edge', index };
  }

  private unknownTarget(name: string, path: Path, takesEdges: boolean): void {
    const { problems, root, serviceNames } = this.context;
    const isEdge = this.subjects.edgeIndex(name) !== -1;
    if (isEdge && !takesEdges) {
      problems.atValue(root, path, 'an edge cannot do that', 'write the name of a service');
      return;
    }
    const known = takesEdges ? [...serviceNames, ...this.subjects.edges] : serviceNames;
    const what = takesEdges ? 'service or edge' : 'service';
    problems.atValue(root, path, `unknown ${what} "${name}"`, () => didYouMean(name, known));
  }

  /** From numbers of the file, which begin with 1, to indices. */
  private replicas(
    numbers: readonly number[] | undefined,
    name: string,
  ): readonly number[] | undefined {
    const service = this.services.find((it) => it.name === name);
    const most = service?.replicas.length ?? Infinity;
    for (const [index, number] of (numbers ?? []).entries()) {
      if (number <= most) continue;
      const path = [...this.path, 'replicas', index];
      const { problems, root } = this.context;
      problems.atValue(root, path, `${name} has no replica ${number}`, `it has 1 to ${most}`);
    }
    return numbers && [...new Set(numbers)].map((number) => number - 1);
  }
}
