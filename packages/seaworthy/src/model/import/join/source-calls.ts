import type { FileOrigin, PolicyLayer, Setting, Workload } from '../landscape.ts';
import type { FoundCall } from '../source/calls.ts';
import { withVariables } from '../source/expression.ts';
import type { SourceFacts } from '../source/read.ts';
import type { Names } from './names.ts';
import { hostsIn } from './names.ts';

/** A call in the source code of a workload. */
export interface CodedCall {
  readonly workload: Workload;
  readonly to: string;
  readonly at: FileOrigin;
  /** Undefined: the code says nothing of how long or how often. */
  readonly layer: PolicyLayer | undefined;
}

/** The workloads whose folder a file of source code is in. */
function workloadsOfFile(file: string, workloads: readonly Workload[]): readonly Workload[] {
  const inside = workloads.flatMap((workload) =>
    workload.containers.flatMap(({ runtime }) =>
      runtime !== undefined && isInside(file, runtime.folder)
        ? [{ workload, depth: runtime.folder.length }]
        : [],
    ),
  );
  const deepest = Math.max(...inside.map((it) => it.depth));
  return inside.filter((it) => it.depth === deepest).map((it) => it.workload);
}

function isInside(file: string, folder: string): boolean {
  return folder === '.' || (folder !== '' && file.startsWith(`${folder}/`));
}

/** The calls in source code whose callee is among the workloads, each pair once. */
export function codedCalls(
  sources: readonly SourceFacts[],
  workloads: readonly Workload[],
  names: Names,
): readonly CodedCall[] {
  const found = new Map<string, CodedCall>();
  for (const facts of sources) {
    for (const workload of workloadsOfFile(facts.source.fileName, workloads)) {
      for (const call of facts.calls) {
        const to = calleeOf(call, workload, names);
        const id = `${workload.serves}\n${to}`;
        if (to === undefined || to === workload.serves) continue;
        const coded = {
          workload,
          to,
          at: originAt(facts, call.offset),
          layer: layerOf(facts, call),
        };
        // The one that says most, for the others of the same pair are mostly reads of health.
        const known = found.get(id);
        if (known === undefined || weight(coded) > weight(known)) found.set(id, coded);
      }
    }
  }
  return [...found.values()];
}

function weight({ layer }: CodedCall): number {
  return (layer?.attempts?.value ?? 0) * 1e9 + (layer?.tryTimeoutMs?.value ?? 0);
}

function calleeOf(call: FoundCall, workload: Workload, names: Names): string | undefined {
  const variables = workload.containers.flatMap((it) => it.environment);
  const value = (name: string): string | undefined =>
    variables.find((it) => it.name === name)?.value?.value;
  for (const address of call.addresses) {
    for (const host of hostsIn('url', withVariables(address, value))) {
      const to = names.of(host);
      if (to !== undefined) return to;
    }
  }
  return undefined;
}

function layerOf(facts: SourceFacts, call: FoundCall): PolicyLayer | undefined {
  const { timeout, attempts, pauses, offset } = call;
  if (timeout === undefined && attempts === undefined) return undefined;
  const set = (found: { value: number; offset: number }): Setting<number> => ({
    value: found.value,
    origin: originAt(facts, found.offset),
  });
  return {
    who: 'application',
    kind: 'application',
    at: originAt(facts, timeout?.offset ?? offset),
    ...(timeout && { tryTimeoutMs: set(timeout) }),
    ...(attempts && { attempts: set(attempts) }),
    ...(attempts && !pauses && { backoff: { baseMs: set({ ...attempts, value: 0 }) } }),
  };
}

/** The place of something in a file of source code. */
export function originAt({ source }: SourceFacts, offset: number): FileOrigin {
  return { kind: 'file', file: source.fileName, ...source.position(offset) };
}

/** The source code of a workload. */
export function sourcesOf(
  workload: Workload,
  sources: readonly SourceFacts[],
  workloads: readonly Workload[],
): readonly SourceFacts[] {
  return sources.filter((it) => workloadsOfFile(it.source.fileName, workloads).includes(workload));
}

/** What the code of a workload gives to a pool or a server, by the name of the option. */
export function codedObjects(
  workload: Workload,
  sources: readonly SourceFacts[],
  workloads: readonly Workload[],
): (what: string, option: string) => Setting<number> | undefined {
  const mine = sourcesOf(workload, sources, workloads);
  return (what, option) => {
    for (const facts of mine) {
      const object = facts.objects.find((it) => it.what === what && it.numbers.has(option));
      const number = object?.numbers.get(option);
      if (number !== undefined) {
        return { value: number.value, origin: originAt(facts, number.offset) };
      }
    }
    return undefined;
  };
}
