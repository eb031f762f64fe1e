import type { CallPolicy } from '@seaworthy/policy';
import type { Edge } from '../model/model.ts';
import type { ReadResult } from '../model/read.ts';
import { didYouMean } from '../model/nearest.ts';
import { FileError } from './file-error.ts';

/** What one call of a file may do, as the library takes it. */
export interface CallInFile {
  readonly options: CallPolicy;
  /** How many links the fallback chain has: in the library they are functions. */
  readonly fallbacks: number;
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * Of an entry under `calls`, what is about the call itself. What describes the system around it
 * (network, who else reads a header, what is asked for) stays with the model.
 *
 * @throws FileError where there is no such call; ModelError where the model has something that a
 * policy of one process cannot do.
 */
export function callInFile(read: ReadResult, name: string): CallInFile {
  const edge = edgeOf(read, name);
  const { calls = {} } = read.settings as { calls?: Readonly<Record<string, Entry>> };
  const { network: _, propagate: _hop, fallback: _links, ...entry } = calls[name] ?? {};
  refuseShared(read, name, edge);
  const options = {
    ...entry,
    ...budgetOfOne(entry['retry']),
    ...cacheOfOne(entry['cache']),
    ...balanceOf(read, edge, entry),
  };
  return { options, fallbacks: edge.fallbacks.length };
}

function edgeOf({ model }: ReadResult, name: string): Edge {
  const edge = model.edges.find((candidate) => candidate.name === name);
  if (edge !== undefined) return edge;
  const names = model.edges.map((candidate) => candidate.name);
  const hint = didYouMean(name, names);
  const message = `${model.name} has no call "${name}"`;
  throw new FileError(hint === undefined ? message : `${message}; ${hint}`);
}

/** The simulation would hold for something else than what runs. */
function refuseShared({ refuse }: ReadResult, name: string, edge: Edge): void {
  const what = 'a process shares nothing';
  const hint = 'leave it out: each process has a budget and a cache of its own';
  if (edge.budgetShared) refuse(['calls', name, 'retry', 'budget', 'shared'], what, hint);
  if (edge.cache?.shared === true) refuse(['calls', name, 'cache', 'shared'], what, hint);
}

function budgetOfOne(retry: unknown): Entry {
  const { budget, ...others } = (retry ?? {}) as { budget?: Entry };
  if (budget === undefined) return {};
  const { shared: _, ...own } = budget;
  return { retry: { ...others, budget: own } };
}

function cacheOfOne(cache: unknown): Entry {
  if (typeof cache !== 'object' || cache === null) return {};
  const { shared: _, keys: _keys, warm: _warm, ...own } = cache as Entry;
  return { cache: own };
}

/** A caller with nothing but outliers chooses as others do from outside. */
function balanceOf({ model }: ReadResult, edge: Edge, entry: Entry): Entry {
  if (entry['outliers'] === undefined || entry['balance'] !== undefined) return {};
  return { balance: model.services[edge.to]!.balance };
}
