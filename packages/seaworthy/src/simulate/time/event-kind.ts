/**
 * What an event is about. The number and the index of whom it concerns share one 32-bit integer.
 */
export const EventKind = {
  /** A request, wherever it is: see `Place`. */
  request: 0,
  /** The next arrival of an open source. */
  arrival: 1,
  /** Work on the cores of a replica is done. */
  cores: 2,
  /** The armed timer of a policy engine. */
  policy: 3,
  /** A fault begins (even index) or ends (odd). */
  fault: 4,
  /** A stop-the-world pause begins. */
  pause: 5,
  /** A paused replica goes on. */
  resume: 6,
  /** A user is done thinking, or loses patience. */
  user: 7,
  /** A replica gets ready, or has worked off what it held, in a rollout. */
  replica: 8,
  /** A replica has run out of memory. */
  memory: 9,
  /** A message comes back to its queue. */
  message: 10,
  /** An autoscaler looks at the load. */
  autoscale: 11,
} as const;

/** What is left of 31 bits is the index: 2^27 of one kind, more than memory has room for. */
const KIND_BITS = 4;
const KIND_MASK = (1 << KIND_BITS) - 1;

export function eventFor(kind: number, index: number): number {
  return (index << KIND_BITS) | kind;
}

export function kindOf(payload: number): number {
  return payload & KIND_MASK;
}

export function indexOf(payload: number): number {
  return payload >>> KIND_BITS;
}
