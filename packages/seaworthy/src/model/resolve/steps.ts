import type { Edge, Step } from '../model.ts';
import type { CallEntry, PublishEntry, StepEntry } from '../schema/steps.ts';
import type { Path } from '../source/located.ts';
import type { Context } from './context.ts';
import { queueIndex, rowsIndex } from './context.ts';
import type { EdgeTable } from './edges.ts';

/** More than this in one file is generated, and too much to simulate. */
const mostSteps = 20_000;

/** Where a step stands. */
interface Place {
  readonly from: Edge['from'];
  readonly service: string;
  /** The last rows that are locked here; -1 for none. */
  readonly locked: number;
  /** The rows that have been read before it, in this branch and in those around it. */
  readonly read: Set<number>;
}

/** The steps of all services. Uses an edge for each call on the way. */
export class StepResolver {
  private readonly context: Context;
  private readonly edges: EdgeTable;
  private total = 0;

  constructor(context: Context, edges: EdgeTable) {
    this.context = context;
    this.edges = edges;
  }

  steps(entries: readonly StepEntry[], from: Edge['from'], service: string): readonly Step[] {
    const place = { from, service, locked: -1, read: new Set<number>() };
    return this.list(entries, place, ['services', service, 'steps']);
  }

  private list(entries: readonly StepEntry[], place: Place, path: Path): readonly Step[] {
    return entries.flatMap((entry, index) => this.step(entry, place, [...path, index]));
  }

  private step(entry: StepEntry, place: Place, path: Path): readonly Step[] {
    this.total++;
    if (this.total === mostSteps + 1) this.problem(path, `more than ${mostSteps} steps`);
    if (this.total > mostSteps) return [];
    if ('cpu' in entry) return [{ kind: 'cpu', demand: entry.cpu }];
    if ('wait' in entry) return [{ kind: 'wait', time: entry.wait }];
    if ('fail' in entry) return [{ kind: 'fail', probability: entry.fail }];
    if ('call' in entry) return this.call(entry.call, place, [...path, 'call']);
    if ('lock' in entry) return [this.lock(entry, place, path)];
    if ('publish' in entry) return this.publish(entry.publish, [...path, 'publish']);
    if ('read' in entry) return [this.read(entry.read, place, [...path, 'read'])];
    if ('write' in entry) return [this.write(entry.write, place, [...path, 'write'])];
    const branches = entry.together.map((branch, index) => {
      const inner = [...path, 'together', index];
      // What one branch reads, the others have not read.
      const within = { ...place, read: new Set(place.read) };
      return isList(branch) ? this.list(branch, within, inner) : this.step(branch, within, inner);
    });
    return [{ kind: 'together', branches }];
  }

  private call(entry: CallEntry, place: Place, path: Path): readonly Step[] {
    const edge = this.edges.use(place.from, place.service, entry.to, [...path, 'to']);
    const { probability, optional } = entry;
    this.total += entry.times - 1;
    return Array.from({ length: entry.times }, () => ({
      kind: 'call',
      edge,
      probability,
      optional,
    }));
  }

  private publish(entry: PublishEntry, path: Path): readonly Step[] {
    const queue = queueIndex(this.context, entry.to, [...path, 'to']);
    const { probability, optional } = entry;
    this.total += entry.times - 1;
    return Array.from({ length: entry.times }, () => ({
      kind: 'publish',
      queue,
      probability,
      optional,
    }));
  }

  private lock(entry: Extract<StepEntry, { lock: string }>, place: Place, path: Path): Step {
    const rows = rowsIndex(this.context, entry.lock, [...path, 'lock']);
    if (rows !== -1 && rows <= place.locked) {
      const held = this.context.rowsNames[place.locked]!;
      const { message, hint } = deadlock(entry.lock, held);
      this.problem([...path, 'lock'], message, hint);
    }
    const locked = Math.max(rows, place.locked);
    const steps = this.list(entry.for, { ...place, locked }, [...path, 'for']);
    return { kind: 'lock', rows, withinMs: entry.within ?? Infinity, steps };
  }

  private read(name: string, place: Place, path: Path): Step {
    const rows = rowsIndex(this.context, name, path);
    place.read.add(rows);
    return { kind: 'read', rows };
  }

  private write(name: string, place: Place, path: Path): Step {
    const rows = rowsIndex(this.context, name, path);
    if (!place.read.has(rows)) {
      const hint = `write { read: ${name} } before it`;
      this.problem(path, `${name} is written without being read`, hint);
    }
    return { kind: 'write', rows };
  }

  private problem(path: Path, message: string, hint?: string): void {
    this.context.problems.atValue(this.context.root, path, message, hint);
  }
}

/** What to say of a lock of `name` while `held` is locked. */
export function deadlock(name: string, held: string): { message: string; hint: string } {
  const message =
    name === held
      ? `${name} is locked while a row of ${held} is locked: two such requests can deadlock`
      : `${name} is locked after ${held}, against the order under rows: that can deadlock`;
  return { message, hint: 'lock in the order in which `rows` lists them, one row of each' };
}

function isList(branch: StepEntry | readonly StepEntry[]): branch is readonly StepEntry[] {
  return Array.isArray(branch);
}
