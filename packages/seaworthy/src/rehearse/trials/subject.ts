import type { LoadPlan } from '../load/plan.ts';
import type { Edge } from '../proxy/edge.ts';
import type { Journal } from '../proxy/journal.ts';

/** A running system, as far as a battery of trials needs to know it. */
export interface Subject {
  /** The service that tasks come in at. */
  readonly target: string;
  /** What is asked of it, and where: straight to the target. */
  readonly load: Pick<LoadPlan, 'target' | 'requests' | 'maxConnections'>;
  /** A way to the target through a proxy, for clients that misbehave. */
  readonly front: Edge;
  /** Of all the proxies. */
  readonly journal: Journal;
  /** What is called behind it, each through a proxy. */
  readonly dependencies: readonly Dependency[];
  /** What is called past the proxies, so that nothing can be done to the calls. */
  readonly outOfReach: readonly { readonly name: string; readonly because: string }[];
  /** Those that may be paused and killed, the target's own first. */
  readonly processes: readonly Process[];
  /** Why the target has no process among them. */
  readonly noProcess: string;
}

export interface Dependency {
  readonly name: string;
  readonly edge: Edge;
}

/** A process that was started for the trials. */
export interface Process {
  readonly service: string;
  /** It stands still, and takes part in nothing. */
  pause(): void;
  /** It goes on where it was. */
  resume(): void;
  /** Kills it, and starts it anew; resolves when it is ready. */
  restart(): Promise<void>;
  /** How it has ended by itself since this was last asked, such as `ended with code 1`. */
  crash(): string | undefined;
}
