import type { ObservedPolicy, Observe, PolicyObserver } from './observer.ts';

/**
 * What subscribers of the channel `seaworthy:policy` of `node:diagnostics_channel` get for each
 * policy that is made, before its first call.
 */
export interface PolicyMade {
  /** The one that was made. */
  readonly policy: ObservedPolicy;
  /** One observer more for this policy. To be called within the subscriber, not later. */
  readonly observe: (observer: PolicyObserver | Observe) => void;
}

let announce: ((made: PolicyMade) => void) | undefined = undefined;

/** @internal Set once, by the entry for Node. */
export function announcePoliciesTo(given: (made: PolicyMade) => void): void {
  announce = given;
}

/**
 * Who watches the process is told of a policy when it is made, instead of every call: a policy that
 * nobody watches pays nothing. Answers with the observers that came of it.
 */
export function announced(policy: ObservedPolicy): readonly (PolicyObserver | Observe)[] {
  const observers: (PolicyObserver | Observe)[] = [];
  announce?.({ policy, observe: (observer) => void observers.push(observer) });
  return observers;
}
