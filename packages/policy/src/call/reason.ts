/**
 * Why an attempt or a call did not succeed. Small integers, because the simulator and the library
 * keep one counter a reason and compare them on every call; {@link reasonNames} gives the words
 * that files, records and errors use.
 */
export const Reason = {
  none: 0,

  // What the dependency did.
  /** It answered with an error. */
  error: 1,
  /** It refused for load (503, 429, its queue was full). */
  overloaded: 2,
  /** The connection broke. */
  reset: 3,
  /** Nobody was there to send to. */
  unreachable: 4,
  /** It did not answer within the attempt timeout. */
  timeout: 5,
  /** What was read has changed since, so that a write was refused (409, 412, a lost race). */
  conflict: 6,

  // Neither its doing nor a decision.
  /**
   * The attempt timeout fired so late that the lag of this process explains it: the answer may have
   * been here, unread. Retried like a timeout, and held against nobody.
   */
  lag: 7,

  // What was decided here, without the dependency: local rejections.
  /** The deadline of the task has passed, or the wait would have passed it. */
  deadline: 8,
  /** The throttle held it back, because the dependency refuses most of what it gets. */
  throttled: 9,
  /** The breaker is open. */
  breakerOpen: 10,
  /** All slots are taken and the queue is full. */
  queueFull: 11,
  /** It waited in the queue for its maximum. */
  queueTimeout: 12,
  /** CoDel dropped it from the queue for its age. */
  queueDropped: 13,
  /** The task has used all the attempts that it carries across calls. */
  attemptsSpent: 14,
  /** The caller gave up. */
  cancelled: 15,
  /** The policy is shutting down. */
  shutdown: 16,
  /**
   * Shed for its criticality, here or at the door of the dependency: whoever asks again is shed
   * again, and others need the dependency, which is well.
   */
  shed: 17,
  /** Another attempt of the same call succeeded first: of an attempt, never of a call. */
  overtaken: 18,
} as const;

/** One of the values of {@link Reason}. */
export type Reason = (typeof Reason)[keyof typeof Reason];

/** The word for each {@link Reason}, by its number. */
export const reasonNames = [
  'none',
  'error',
  'overloaded',
  'reset',
  'unreachable',
  'timeout',
  'conflict',
  'lag',
  'deadline',
  'throttled',
  'breaker-open',
  'queue-full',
  'queue-timeout',
  'queue-dropped',
  'attempts-spent',
  'cancelled',
  'shutdown',
  'shed',
  'overtaken',
] as const;

/** The word for a {@link Reason}: what files, records, metrics and errors say. */
export type ReasonWord = (typeof reasonNames)[number];

/**
 * Whether the decision was made here, so that it says nothing about the health of the dependency.
 */
export function isLocalRejection(reason: Reason): boolean {
  return reason >= Reason.deadline;
}

/** Whether the dependency did it, so that it says something about its health. */
export function isOfDependency(reason: Reason): boolean {
  return reason > Reason.none && reason < Reason.lag;
}
