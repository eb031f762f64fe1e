import type { Clock, Timer } from '@seaworthy/policy/engine';

import type { Fault, Model, Scenario, Target } from '../../model/model.ts';
import type { RolloutFault } from '../../model/rollout.ts';
import type { Histogram } from '../../signals/histogram.ts';
import type { RunEvent } from '../../signals/run.ts';
import type { FaultSettings } from '../proxy/fault.ts';
import type { Replica } from '../stage/replica.ts';
import type { Stage } from '../stage/stage.ts';
import type { FaultReach } from '../validity.ts';
import { type EdgeFault, isEdgeFault, settingsOf } from './edge-fault.ts';
import { Reach } from './reach.ts';
import { restart } from './rolling-restart.ts';

export interface TimelineParts {
  readonly clock: Clock;
  readonly stage: Stage;
  readonly tell: (event: Omit<RunEvent, 'atMs'>) => void;
  /** Something went wrong with the stage. */
  readonly fail: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Puts the faults of a scenario in force on real processes, and out of it. */
export class Timeline {
  readonly #model: Model;
  readonly #faults: readonly Fault[];
  readonly #parts: TimelineParts;
  readonly #timers: Timer[] = [];
  /** What is up, by edge and fault. */
  readonly #up = new Map<number, Map<Fault, FaultSettings>>();
  readonly #reaches = new Map<Fault, Reach>();
  #calm: ReadonlyMap<number, Histogram> | undefined;

  constructor(model: Model, scenario: Scenario | undefined, parts: TimelineParts) {
    this.#model = model;
    this.#faults = scenario?.faults ?? [];
    this.#parts = parts;
  }

  /** From now on its times count. */
  start(): void {
    const { clock, fail } = this.#parts;
    for (const [index, fault] of this.#faults.entries()) {
      const turn = (begins: boolean): void => void this.#turn(fault, index, begins).catch(fail);
      this.#timers.push(clock.after(fault.atMs, () => turn(true)));
      if (fault.kind === 'rollout' || fault.forMs === Infinity) continue;
      this.#timers.push(clock.after(fault.atMs + fault.forMs, () => turn(false)));
    }
  }

  /** Nothing happens any more. What is up goes with the stage. */
  stop(): void {
    for (const timer of this.#timers) this.#parts.clock.cancel(timer);
  }

  /** How much each fault that has begun had to do with; not what changes the load. */
  reaches(): readonly FaultReach[] {
    return [...this.#reaches.values()].map((reach) => reach.result());
  }

  async #turn(fault: Fault, index: number, begins: boolean): Promise<void> {
    if (fault.kind === 'rollout') return this.#restart(fault);
    this.#calm ??= this.#calleeTimes();
    const kind = begins ? 'fault-began' : 'fault-ended';
    this.#parts.tell({ kind, subject: this.#subjectOf(fault), text: fault.text });
    if ('target' in fault) this.#watch(fault, begins);
    if (isEdgeFault(fault)) await this.#turnEdges(fault, index, begins);
    else if (fault.kind === 'kill') await this.#killOrStart(fault.target, begins);
    else if (fault.kind === 'pause') this.#pauseOrResume(fault.target, begins);
  }

  #watch(fault: Fault & { readonly target: Target }, begins: boolean): void {
    if (!begins) return this.#reaches.get(fault)?.end();
    const { proxies } = this.#parts.stage;
    this.#reaches.set(fault, new Reach(this.#model, fault, this.#edgesOf(fault.target), proxies));
  }

  /** All edges in one turn, so that no request sees half of a fault. */
  async #turnEdges(fault: EdgeFault, index: number, begins: boolean): Promise<void> {
    const reach = this.#reaches.get(fault)!;
    const told: FaultSettings[] = [];
    const changes = this.#edgesOf(fault.target).map((edge) => {
      const proxy = this.#parts.stage.proxies.get(this.#model.edges[edge]!.name)!;
      const up = this.#up.get(edge) ?? new Map<Fault, FaultSettings>();
      this.#up.set(edge, up);
      if (begins) {
        const calm = this.#calm!.get(edge)!;
        const settings = settingsOf(fault, index, calm);
        told.push(settings);
        up.set(fault, settings);
        if (fault.kind === 'slow' && fault.factor !== 1)
          reach.calm = (reach.calm ?? 0) + calm.count;
      } else up.delete(fault);
      return proxy.replaceFaults([...up.values()]);
    });
    if (begins) reach.drawnFor(told);
    await Promise.all(changes);
  }

  #restart(rollout: RolloutFault): Promise<void> {
    const { clock, stage, tell, signal } = this.#parts;
    const { graceMs } = this.#model.services[rollout.service]!;
    const replicas = stage.replicas[rollout.service]!;
    return restart(rollout, replicas, { clock, graceMs, tell, signal });
  }

  async #killOrStart(target: Target, dies: boolean): Promise<void> {
    const { tell, signal } = this.#parts;
    const change = async (replica: Replica): Promise<void> => {
      const subject = replica.settings.name;
      if (dies) {
        tell({ kind: 'replica-killed', subject, text: 'killed with all it held' });
        await replica.kill();
        return;
      }
      await replica.start(signal);
      tell({ kind: 'replica-back', subject, text: 'back, empty' });
    };
    await Promise.all(this.#replicasOf(target).map(change));
  }

  #pauseOrResume(target: Target, begins: boolean): void {
    for (const replica of this.#replicasOf(target)) {
      if (begins) replica.pause();
      else replica.resume();
    }
  }

  #edgesOf(target: Target): readonly number[] {
    if (target.kind === 'edge') return [target.index];
    return this.#model.edges.flatMap(({ to }, edge) => (to === target.index ? [edge] : []));
  }

  #replicasOf(target: Target): readonly Replica[] {
    const replicas = this.#parts.stage.replicas[target.index]!;
    if (target.kind === 'edge' || target.replicas === undefined) return replicas;
    return target.replicas.map((number) => replicas[number]!);
  }

  #calleeTimes(): ReadonlyMap<number, Histogram> {
    const times = new Map<number, Histogram>();
    for (const [edge, { name }] of this.#model.edges.entries()) {
      const proxy = this.#parts.stage.proxies.get(name);
      if (proxy !== undefined) times.set(edge, proxy.meter.total().calleeTime);
    }
    return times;
  }

  #subjectOf(fault: Fault): string {
    const { sources, queues, services, edges } = this.#model;
    if (fault.kind === 'burst') return sources[fault.source]!.name;
    if (fault.kind === 'poison') return queues[fault.queue]!.name;
    if (fault.kind === 'rollout') return services[fault.service]!.name;
    const { kind, index } = fault.target;
    return kind === 'edge' ? edges[index]!.name : services[index]!.name;
  }
}
