import type { BackoffSettings } from '@seaworthy/policy/engine';

/**
 * A message queue: whoever publishes goes on at once, and a service works on the messages later, at
 * least once each.
 */
export interface MessageQueue {
  readonly name: string;
  /** Over which its consumers call the service: `orders -> worker`. */
  readonly edge: number;
  /** Messages in work at once. */
  readonly consumers: number;
  /** A delivery that takes longer is taken for lost, and the message is delivered again. */
  readonly visibilityMs: number;
  /** A message that has been delivered so often in vain is a dead letter. Infinity: never. */
  readonly deliveries: number;
  /** The time between a delivery that failed and the next. */
  readonly backoff: BackoffSettings;
  /** Where a message goes that comes back. */
  readonly requeue: 'back' | 'front';
  /** Messages that may wait; a publisher beyond fails. */
  readonly limit: number;
  /**
   * Each keeps the order of its messages: one after the other, and one that comes back blocks those
   * behind it. Undefined: any order.
   */
  readonly partitions: number | undefined;
  /** The share of messages whose processing always fails, 0..1. */
  readonly poisonShare: number;
}
