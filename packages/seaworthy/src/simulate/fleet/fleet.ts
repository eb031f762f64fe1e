import type { Version } from '../../model/lifecycle.ts';
import { atLeast, paceOf, type RolloutFault, versionOfFile } from '../../model/rollout.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { Phase, type ReplicaRuntime } from '../work/replica.ts';
import type { ServiceRuntime } from '../work/service.ts';
import type { World } from '../world.ts';
import { Autoscaler } from './autoscaler.ts';

/** How often a replica that is on its way out is looked at: has it worked off what it holds? */
const LOOKS_PER_GRACE = 10;

/**
 * Keeps as many replicas of a service as are wanted, of the versions that are wanted, by the rules
 * of a Kubernetes Deployment: never more than wanted plus `surge`, never fewer available ones than
 * wanted minus `unavailable`. Replicas that have been told to go do not count any more.
 */
export class Fleet {
  /** Replicas of all versions. */
  wanted: number;
  /** How long a new replica must have been ready to count as available. */
  minReadyNs = 0;
  /** Undefined: as many as from the beginning. */
  readonly autoscaler: Autoscaler | undefined;
  readonly #world: World;
  readonly #service: ServiceRuntime;
  /** What the versions are: 0 is the file's, then those of the rollouts, in order. */
  readonly #versions: readonly Version[];
  readonly #rollouts: readonly RolloutFault[];
  /** The version that all replicas have, but those of the canary. */
  #main = 0;
  /** 0: none. */
  #canary = 0;
  #canaries = 0;
  #pace = { surge: 0, unavailable: 0 };
  /** What the journal says when all replicas are as wanted. */
  #underWay: string | undefined;

  constructor(world: World, service: ServiceRuntime, rollouts: readonly RolloutFault[]) {
    this.#world = world;
    this.#service = service;
    this.#rollouts = rollouts;
    this.#versions = [versionOfFile, ...rollouts.map((rollout) => rollout.version)];
    this.wanted = service.model.replicas.length;
    const { autoscale } = service.model;
    this.autoscaler = autoscale && new Autoscaler(world, service, this, autoscale);
  }

  /** A rollout of the scenario begins. */
  rollOut(rollout: RolloutFault): void {
    const version = this.#rollouts.indexOf(rollout) + 1;
    const replicas = atLeast(rollout.replicas, this.wanted);
    if (replicas >= this.wanted) {
      this.#main = version;
      this.#canary = 0;
    } else {
      this.#canary = version;
      this.#canaries = replicas;
    }
    this.#begin(rollout, rollout.text);
  }

  /** The version of a rollout goes, unless another has taken its place. */
  rollBack(rollout: RolloutFault): void {
    const version = this.#rollouts.indexOf(rollout) + 1;
    if (this.#canary === version) this.#canary = 0;
    else if (this.#main === version) this.#main = 0;
    else return;
    this.#begin(rollout, `back from ${rollout.text}`);
  }

  /** The load asks for so many replicas. */
  scaleTo(replicas: number): void {
    const text = `${this.wanted} -> ${replicas} replicas`;
    this.#world.journal.add('scaled', this.#service.model.name, text);
    this.wanted = replicas;
    this.reconcile();
  }

  /** Starts and stops replicas until there is nothing to do for the moment. */
  reconcile(): void {
    for (;;) {
      const live = this.#service.replicas.filter(({ phase }) => isLive(phase));
      const started = this.#startMissing(live);
      const stopped = this.#stopExcess(live);
      if (started + stopped === 0) break;
    }
    this.#noteEnd();
  }

  #begin(rollout: RolloutFault, text: string): void {
    this.#pace = paceOf(rollout, this.wanted);
    this.minReadyNs = Math.round(rollout.minReadyMs * NS_PER_MS);
    this.#underWay = text;
    this.#world.journal.add('rollout-began', this.#service.model.name, text);
    this.reconcile();
  }

  #wantedOf(version: number): number {
    const canaries = this.#canary === 0 ? 0 : Math.min(this.#canaries, this.wanted);
    const ofMain = version === this.#main ? this.wanted - canaries : 0;
    return ofMain + (version === this.#canary && canaries > 0 ? canaries : 0);
  }

  #startMissing(live: readonly ReplicaRuntime[]): number {
    let room = this.wanted + this.#pace.surge - live.length;
    let started = 0;
    for (const version of new Set([this.#canary, this.#main])) {
      let missing = this.#wantedOf(version) - count(live, version);
      for (const replica of this.#service.replicas) {
        if (missing <= 0 || room <= 0) break;
        if (replica.phase !== Phase.absent) continue;
        this.#start(replica, version);
        missing--;
        room--;
        started++;
      }
    }
    return started;
  }

  /** First those that serve nobody, then the youngest, as long as enough are available. */
  #stopExcess(live: readonly ReplicaRuntime[]): number {
    let available = live.filter((replica) => this.#isAvailable(replica)).length;
    const excess = new Map(
      this.#versions.map((_, version) => {
        return [version, count(live, version) - this.#wantedOf(version)];
      }),
    );
    let stopped = 0;
    for (const replica of live.toSorted((a, b) => this.#goesFirst(a, b))) {
      if (excess.get(replica.version)! <= 0) continue;
      if (this.#isAvailable(replica)) {
        if (available - 1 < this.wanted - this.#pace.unavailable) continue;
        available--;
      }
      excess.set(replica.version, excess.get(replica.version)! - 1);
      this.#stop(replica);
      stopped++;
    }
    return stopped;
  }

  #goesFirst(a: ReplicaRuntime, b: ReplicaRuntime): number {
    const byUse = Number(this.#isAvailable(a)) - Number(this.#isAvailable(b));
    return byUse || b.readyAtNs - a.readyAtNs || b.number - a.number;
  }

  #isAvailable(replica: ReplicaRuntime): boolean {
    return replica.isEndpoint && this.#world.nowNs - replica.readyAtNs >= this.minReadyNs;
  }

  #start(replica: ReplicaRuntime, index: number): void {
    const version = this.#versions[index]!;
    replica.version = index;
    replica.speed = replica.ownSpeed / version.slower;
    replica.failShare = version.failShare;
    replica.heap?.use(version);
    this.#world.processes.start(replica);
  }

  #stop(replica: ReplicaRuntime): void {
    const { nowNs } = this.#world;
    if (!replica.up) {
      this.#gone(replica, 0);
      return;
    }
    replica.drainedByNs = nowNs + Math.round(this.#service.model.graceMs * NS_PER_MS);
    replica.setPhase(Phase.draining, false, nowNs);
    this.drain(replica);
  }

  /** Goes as soon as it holds nothing, and when its time is over. */
  drain(replica: ReplicaRuntime): void {
    const { nowNs } = this.#world;
    if (replica.outstanding === 0 || nowNs >= replica.drainedByNs) {
      this.#gone(replica, replica.line.length + replica.inFlight);
      return;
    }
    const lookNs = Math.ceil((this.#service.model.graceMs * NS_PER_MS) / LOOKS_PER_GRACE);
    this.#world.processes.wake(replica, Math.min(replica.drainedByNs, nowNs + lookNs));
  }

  #gone(replica: ReplicaRuntime, held: number): void {
    const { nowNs, processes, journal } = this.#world;
    replica.due = 0;
    replica.setPhase(Phase.absent, false, nowNs);
    processes.end(replica);
    journal.add('replica-gone', replica.name, held > 0 ? `gone, ${held} requests reset` : 'gone');
  }

  #noteEnd(): void {
    if (this.#underWay === undefined) return;
    const live = this.#service.replicas.filter(({ phase }) => isLive(phase));
    const asWanted = this.#versions.every((_, version) => {
      return count(live, version) === this.#wantedOf(version);
    });
    if (!asWanted || !live.every((replica) => this.#isAvailable(replica))) return;
    this.#world.journal.add('rollout-ended', this.#service.model.name, this.#underWay);
    this.#underWay = undefined;
  }
}

/** It is there to stay, or will be. */
function isLive(phase: number): boolean {
  return phase === Phase.starting || phase === Phase.ready;
}

function count(replicas: readonly ReplicaRuntime[], version: number): number {
  let found = 0;
  for (const replica of replicas) if (replica.version === version) found++;
  return found;
}
