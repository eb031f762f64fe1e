import type { Amount, Version } from './lifecycle.ts';
import type { Fault, Scenario, Service } from './model.ts';

/** What replaces replicas in a scenario. */
export type RolloutFault = Extract<Fault, { kind: 'rollout' }>;

/** The rollouts of one service, in the order of the file; the n-th makes its version n. */
export function rolloutsOf(
  scenario: Scenario | undefined,
  service: number,
): readonly RolloutFault[] {
  return (scenario?.faults ?? []).filter(
    (fault): fault is RolloutFault => fault.kind === 'rollout' && fault.service === service,
  );
}

/** How many replicas a rollout may have above and below the wanted number at any time. */
export interface Pace {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * As a Kubernetes Deployment resolves `maxSurge` and `maxUnavailable`: shares of the one are
 * rounded up, of the other down, and where both come to nothing one replica may be missing, or it
 * could never begin (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/).
 */
export function paceOf(rollout: { surge: Amount; unavailable: Amount }, wanted: number): Pace {
  const surge = atLeast(rollout.surge, wanted);
  const unavailable = rollout.unavailable.count + Math.floor(rollout.unavailable.share * wanted);
  return surge + unavailable > 0 ? { surge, unavailable } : { surge, unavailable: 1 };
}

/** A share of replicas is rounded up. */
export function atLeast(amount: Amount, wanted: number): number {
  return amount.count + Math.ceil(amount.share * wanted);
}

/**
 * How many places for replicas a service needs in a run: a place is taken as long as a replica is
 * there, and those that go away may work off what they hold while their successors come.
 */
export function placesOf(service: Service, index: number, scenario: Scenario | undefined): number {
  const { replicas, autoscale } = service;
  const rollouts = rolloutsOf(scenario, index);
  if (rollouts.length === 0 && autoscale === undefined) return replicas.length;
  const most = Math.max(replicas.length, autoscale?.max ?? 0);
  return 2 * most + Math.max(0, ...rollouts.map((rollout) => paceOf(rollout, most).surge));
}

/** What the file itself describes. */
export const versionOfFile: Version = { slower: 1, memory: 1, leakBytes: 0, failShare: 0 };

/** Whether a version is any different from what the file says; a plain restart is not. */
export function isChanged(version: Version): boolean {
  return (Object.keys(versionOfFile) as (keyof Version)[]).some((key) => {
    return version[key] !== versionOfFile[key];
  });
}
