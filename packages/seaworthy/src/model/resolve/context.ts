import { didYouMean } from '../nearest.ts';
import type { Problems } from '../problems.ts';
import type { CallPolicyEntry } from '../schema/calls.ts';
import type { ExpectationEntry, LimitExpectationEntry } from '../schema/expectation.ts';
import type { FaultEntry } from '../schema/scenario.ts';
import type { MessageQueueEntry } from '../schema/queues.ts';
import type { RowsEntry } from '../schema/rows.ts';
import type { ServiceEntry } from '../schema/service.ts';
import type { SourceEntry } from '../schema/traffic.ts';
import type { Located, Path } from '../source/located.ts';

/** Entries of the file by name. Undefined: the entry is there, but has problems of its own. */
export type Entries<T> = ReadonlyMap<string, T | undefined>;

/** The parts of a file that could be read. */
export interface FileParts {
  readonly name: string;
  readonly run: RunEntry;
  readonly services: Entries<ServiceEntry>;
  readonly queues: Entries<MessageQueueEntry>;
  readonly rows: Entries<RowsEntry>;
  readonly calls: Entries<CallPolicyEntry>;
  readonly traffic: Entries<SourceEntry>;
  readonly scenarios: Entries<readonly FaultEntry[]>;
  /** Undefined: as above. */
  readonly objectives: readonly (string | undefined)[];
  readonly expectations: readonly (ExpectationEntry | undefined)[];
  readonly limits: readonly (LimitExpectationEntry | undefined)[];
  readonly environments: readonly string[];
}

export interface RunEntry {
  readonly for?: number | undefined;
  readonly warmUp: number;
  readonly replications: number;
  readonly seed: number;
}

/** What all parts of resolving share. */
export interface Context {
  readonly parts: FileParts;
  readonly root: Located;
  readonly problems: Problems;
  readonly serviceNames: readonly string[];
  readonly sourceNames: readonly string[];
  readonly queueNames: readonly string[];
  readonly rowsNames: readonly string[];
}

/** The index of a service by its name; -1 and a problem where there is none. */
export function serviceIndex(context: Context, name: string, path: Path): number {
  return indexOf(context, 'service', name, context.serviceNames, path);
}

/** The same of a message queue. */
export function queueIndex(context: Context, name: string, path: Path): number {
  return indexOf(context, 'queue', name, context.queueNames, path);
}

/** The same of rows. */
export function rowsIndex(context: Context, name: string, path: Path): number {
  return indexOf(context, 'rows', name, context.rowsNames, path);
}

function indexOf(
  { problems, root }: Context,
  what: string,
  name: string,
  known: readonly string[],
  path: Path,
): number {
  const index = known.indexOf(name);
  if (index === -1) {
    problems.atValue(root, path, `unknown ${what} "${name}"`, () => didYouMean(name, known));
  }
  return index;
}
