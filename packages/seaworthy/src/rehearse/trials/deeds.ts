import { startLoad } from '../load/load.ts';
import type { LoadPlan } from '../load/plan.ts';
import type { Edge } from '../proxy/edge.ts';
import type { FaultSettings } from '../proxy/fault.ts';
import { sleep } from '../stage/ready.ts';
import type { Process } from './subject.ts';
import type { Window } from './trial.ts';
import type { Watch, WatchParts } from './watch.ts';

/** What a trial does while it lasts. */
export type Deed =
  /** These tasks beside the others, which count as they do; they end by themselves. */
  | { readonly kind: 'load'; readonly load: LoadPlan }
  /** Clients beside the others, whose tasks do not count. */
  | { readonly kind: 'clients'; readonly clients: LoadPlan }
  /** A fault on an edge; with clients beside the others, where it is the edge to the target. */
  | {
      readonly kind: 'fault';
      readonly edge: Edge;
      readonly fault: FaultSettings;
      readonly clients?: LoadPlan;
      /** Not until the trial is over, but for so long. */
      readonly forMs?: number;
    }
  | { readonly kind: 'pause'; readonly process: Process }
  | { readonly kind: 'restart'; readonly process: Process };

/** What is being done. */
export interface Doing {
  /** Resolves when it is over by itself. Undefined: it lasts until it is ended. */
  readonly over?: Promise<unknown>;
  /** Undoes it, and says how much it has touched. */
  end(windows: readonly Window[]): Promise<number>;
}

/** Begins. */
export async function begin(deed: Deed, watch: Watch, parts: WatchParts): Promise<Doing> {
  switch (deed.kind) {
    case 'load': {
      const load = await startLoad(deed.load, { ...parts, threads: 0 });
      watch.add(load);
      return { end: async (windows) => windows.reduce((sum, it) => sum + it.tasks.offered, 0) };
    }
    case 'clients': {
      const load = await startLoad(deed.clients, { ...parts, threads: 0 });
      return { end: async () => (await load.stop()).connected };
    }
    case 'fault':
      return beginFault(deed, parts);
    case 'pause':
      deed.process.pause();
      return {
        end: async () => {
          deed.process.resume();
          return 1;
        },
      };
    case 'restart': {
      const over = deed.process.restart();
      return { over, end: () => over.then(() => 1) };
    }
  }
}

async function beginFault(
  { edge, fault, clients, forMs }: Extract<Deed, { kind: 'fault' }>,
  parts: WatchParts,
): Promise<Doing> {
  const { clock, subject, signal } = parts;
  const firstInjection = subject.journal.total;
  await edge.replaceFaults([fault]);
  const takeDown = (): Promise<void> => edge.replaceFaults([]);
  if (forMs !== undefined) void sleep(clock, forMs, signal).then(takeDown);
  const load =
    clients === undefined ? undefined : await startLoad(clients, { ...parts, threads: 0 });
  return {
    end: async (windows) => {
      const injections = subject.journal.after(firstInjection);
      await takeDown();
      await load?.stop();
      if (fault.effect.kind === 'blackhole') return requestsOn(edge, windows, parts);
      return injections.filter((it) => it.edge === edge.name && it.fault === fault.name).length;
    },
  };
}

/** Silence hits connections that nobody uses, too: what counts is what came through meanwhile. */
function requestsOn(edge: Edge, windows: readonly Window[], { subject }: WatchParts): number {
  const index = subject.dependencies.findIndex((it) => it.edge === edge);
  return windows.reduce((sum, { edges }) => {
    const { offered, bytesUpstream } = edges[index]!;
    return sum + Math.max(offered, bytesUpstream > 0 ? 1 : 0);
  }, 0);
}
