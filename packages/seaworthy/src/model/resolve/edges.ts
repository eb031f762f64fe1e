import type { Balance, EdgeCache, FallbackLink } from '../model.ts';
import { didYouMean } from '../nearest.ts';
import type { CallPolicyEntry } from '../schema/calls.ts';
import { call } from '../schema/calls.ts';
import type { Edge } from '../model.ts';
import type { Path } from '../source/located.ts';
import type { Context } from './context.ts';
import { serviceIndex } from './context.ts';
import { policySettings } from './policy.ts';

/**
 * What the parts of a file may not exceed together; a run of more would not fit the memory of a
 * laptop.
 */
const mostEdges = 10_000;

interface Draft {
  readonly name: string;
  readonly from: Edge['from'];
  readonly to: number;
  readonly entry: CallPolicyEntry;
  readonly fallbacks: FallbackLink[];
  /** Where it is used first. */
  readonly path: Path;
}

function edgeCache({ cache }: CallPolicyEntry): { readonly cache?: EdgeCache } {
  if (cache === undefined) return {};
  return { cache: { shared: cache.shared, keys: cache.keys, warmShare: cache.warm } };
}

/** Every caller -> callee pair that is used, in the order in which it is found. */
export class EdgeTable {
  private readonly context: Context;
  private readonly drafts: Draft[] = [];
  private readonly indexByName = new Map<string, number>();
  private readonly defaults = call.parse({});
  private readonly serviceIndices: ReadonlyMap<string, number>;

  constructor(context: Context) {
    this.context = context;
    this.serviceIndices = new Map(context.serviceNames.map((name, index) => [name, index]));
  }

  /**
   * The edge from a service or source to the service that stands at the path. -1: there is no such
   * service.
   */
  use(from: Edge['from'], fromName: string, toName: string, path: Path): number {
    const to = this.serviceIndices.get(toName) ?? serviceIndex(this.context, toName, path);
    if (to === -1) return -1;
    const name = `${fromName} -> ${toName}`;
    const known = this.indexByName.get(name);
    if (known !== undefined) return known;
    const index = this.drafts.length;
    if (index === mostEdges) {
      this.context.problems.atValue(this.context.root, path, `more than ${mostEdges} edges`);
    }
    if (index >= mostEdges) return -1;
    const entry = this.context.parts.calls.get(name) ?? this.defaults;
    this.indexByName.set(name, index);
    this.drafts.push({ name, from, to, entry, fallbacks: [], path });
    return index;
  }

  /** The edges that fallbacks need; those may have fallbacks themselves. */
  useFallbacks(): void {
    // The list grows while it is walked.
    for (const draft of this.drafts) {
      const fromName = draft.name.slice(0, draft.name.indexOf(' -> '));
      for (const [index, link] of draft.entry.fallback.entries()) {
        const path = ['calls', draft.name, 'fallback', index, 'call'];
        draft.fallbacks.push(
          'answer' in link
            ? { kind: 'answer', time: link.answer }
            : { kind: 'call', edge: this.use(draft.from, fromName, link.call, path) },
        );
      }
    }
  }

  /**
   * An entry under `calls` for a pair that nobody uses is a mistake in one of its names, or
   * forgotten. `isWhole`: all parts of the file could be read, so that we know who uses what.
   */
  checkNames(isWhole: boolean): void {
    const { parts, problems, root, serviceNames, sourceNames, queueNames } = this.context;
    const callers = [...serviceNames, ...sourceNames, ...queueNames];
    for (const name of parts.calls.keys()) {
      if (this.indexByName.has(name)) continue;
      const path = ['calls', name];
      const [from, to, ...more] = name.split(' -> ');
      if (from === undefined || to === undefined || more.length > 0) {
        problems.atKey(
          root,
          path,
          'not an edge',
          'write caller -> callee, such as web -> payments',
        );
      } else if (!callers.includes(from)) {
        const nearest = () => didYouMean(from, callers);
        problems.atKey(root, path, `unknown caller "${from}"`, nearest);
      } else if (!serviceNames.includes(to)) {
        const nearest = () => didYouMean(to, serviceNames);
        problems.atKey(root, path, `unknown service "${to}"`, nearest);
      } else if (isWhole) {
        const hint = `add a step { call: ${to} } to ${from}, or delete this entry`;
        problems.atKey(root, path, `nobody uses this edge: ${from} never calls ${to}`, hint);
      }
    }
  }

  /** The place of the first step, fallback or source that uses an edge. */
  usedAt(edge: number): Path {
    return this.drafts[edge]?.path ?? [];
  }

  /** How callers that have no view of their own choose among the replicas. */
  private balanceOf(service: number): Balance {
    const entry = this.context.parts.services.get(this.context.serviceNames[service] ?? '');
    return entry?.balance ?? 'round-robin';
  }

  edges(): readonly Edge[] {
    return this.drafts.map((draft) => ({
      name: draft.name,
      from: draft.from,
      to: draft.to,
      policy: policySettings(draft.entry, this.balanceOf(draft.to)),
      budgetShared: draft.entry.retry?.budget?.shared ?? false,
      propagate: draft.entry.propagate,
      ...edgeCache(draft.entry),
      fallbacks: draft.fallbacks,
      network: draft.entry.network,
    }));
  }
}
