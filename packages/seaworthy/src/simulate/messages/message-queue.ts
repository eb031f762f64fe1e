import { backoffDelayMs, portable, type RandomStream } from '@seaworthy/policy/engine';

import type { MessageQueue } from '../../model/message-queue.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { QueueMeter } from '../measure/queue-meter.ts';
import { NO_KEY, Waiter } from '../policy/simulated-call.ts';
import { EventKind, eventFor } from '../time/event-kind.ts';
import { WaitingLine } from '../work/waiting-line.ts';
import type { World } from '../world.ts';
import { type Backlog, OneLine, Partitions } from './backlog.ts';
import { type Messages, MessageState } from './messages.ts';

/**
 * A consumer gives a message back and fetches the next over the network, which takes about this
 * long. Without it, consumers whose breaker is open would turn round and round at one instant.
 */
const GIVE_BACK_NS = NS_PER_MS;

/** The streams that a queue draws from, each for one purpose. */
export interface QueueChances {
  readonly poison: RandomStream;
  readonly partitions: RandomStream;
  readonly backoff: RandomStream;
}

/** A message queue with its consumers: it delivers each message until one delivery succeeds. */
export class MessageQueueRuntime {
  readonly model: MessageQueue;
  readonly meter: QueueMeter;
  /** Of the messages that are published now, 0..1. */
  poisonShare: number;
  readonly #world: World;
  readonly #index: number;
  /** The services that publish, by their index. */
  readonly #publishers: readonly number[];
  readonly #messages: Messages;
  readonly #chances: QueueChances;
  readonly #backlog: Backlog;
  /** All messages that are neither done nor dead letters, in the order of their publication. */
  readonly #all = new WaitingLine();
  readonly #visibilityNs: number;
  #isDelivering = false;

  constructor(
    world: World,
    model: MessageQueue,
    index: number,
    chances: QueueChances,
    publishers: readonly number[],
  ) {
    this.model = model;
    this.meter = new QueueMeter(publishers.length);
    this.#publishers = publishers;
    this.poisonShare = model.poisonShare;
    this.#world = world;
    this.#index = index;
    this.#messages = world.messages;
    this.#chances = chances;
    const { partitions, requeue } = model;
    this.#backlog =
      partitions === undefined
        ? new OneLine(world.messages, requeue)
        : new Partitions(world.messages, partitions);
    this.#visibilityNs = Math.round(model.visibilityMs * NS_PER_MS);
  }

  /**
   * `taskKey` is what the task is about, or `NO_KEY`; `service` the index of who publishes. False:
   * the queue is full.
   */
  publish(taskKey: number, service: number): boolean {
    const { meter, model } = this;
    const { nowNs } = this.#world;
    if (meter.backlog.value >= model.limit) {
      meter.refused();
      return false;
    }
    const messages = this.#messages;
    const message = messages.take(this.#index, nowNs);
    if (this.poisonShare > 0 && this.#chances.poison.next() < this.poisonShare) {
      messages.poison[message] = 1;
    }
    messages.taskKey[message] = taskKey;
    if (model.partitions !== undefined) {
      messages.partition[message] = this.#partition(taskKey, model.partitions);
    }
    this.#all.push(message, messages.ages);
    meter.published(this.#publishers.indexOf(service));
    meter.backlog.change(1, nowNs);
    messages.state[message] = MessageState.waiting;
    this.#backlog.push(message, false);
    this.#deliverAll();
    return true;
  }

  /**
   * The pending event of a message: its delivery is taken for lost, its consumer has given it back,
   * or its delay is over.
   */
  fire(message: number): void {
    const messages = this.#messages;
    messages.pending[message] = 0;
    switch (messages.state[message]!) {
      case MessageState.inWork:
        this.meter.expired();
        this.#comesBack(message, 0);
        break;
      case MessageState.givenBack:
        this.#ended(message);
        this.#comesBack(message, this.#delayMs(message));
        this.#releaseGone(message);
        break;
      default:
        this.#waits(message);
    }
    this.#deliverAll();
  }

  /** A delivery of a message has ended; `delivery` counts from 1. */
  settled(message: number, delivery: number, succeeded: boolean): void {
    const messages = this.#messages;
    const isLast = messages.deliveries[message] === delivery;
    const state = messages.state[message]!;
    if (!succeeded && isLast && state === MessageState.inWork) {
      messages.state[message] = MessageState.givenBack;
      this.#schedule(message, GIVE_BACK_NS);
      return;
    }
    this.#ended(message);
    if (succeeded) {
      this.#processed(message);
      // One that was taken for lost, and not delivered again yet, is done all the same.
      if (isLast && state !== MessageState.gone) this.#forget(message);
    }
    this.#releaseGone(message);
    this.#deliverAll();
  }

  /** How long the oldest message has been here that is neither done nor a dead letter. */
  oldestMs(): number {
    const oldest = this.#all.first(this.#messages.ages);
    if (oldest < 0) return 0;
    return (this.#world.nowNs - this.#messages.publishedNs[oldest]!) / NS_PER_MS;
  }

  /** In a loop, so that a long line of messages that are done at once cannot overflow the stack. */
  #deliverAll(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    while (this.meter.inWork.value < this.model.consumers) {
      const message = this.#backlog.take();
      if (message < 0) break;
      this.#deliver(message);
    }
    this.#isDelivering = false;
  }

  #deliver(message: number): void {
    const { meter } = this;
    const messages = this.#messages;
    const { nowNs, calls, edges } = this.#world;
    const deliveries = ++messages.deliveries[message]!;
    messages.running[message]!++;
    messages.state[message] = MessageState.inWork;
    meter.delivered(deliveries > 1);
    meter.backlog.change(-1, nowNs);
    meter.inWork.change(1, nowNs);
    if (this.#visibilityNs < Infinity) this.#schedule(message, this.#visibilityNs);
    const call = calls.take();
    call.waiter = Waiter.message;
    call.waiterIndex = message;
    call.waiterToken = deliveries;
    call.taskKey = messages.taskKey[message]!;
    call.isPoison = messages.poison[message] === 1;
    edges[this.model.edge]!.begin(call, 0, undefined);
  }

  /** What is about the same goes to the same partition. */
  #partition(taskKey: number, partitions: number): number {
    if (taskKey !== NO_KEY) return taskKey % partitions;
    return Math.floor(this.#chances.partitions.next() * partitions);
  }

  #processed(message: number): void {
    const messages = this.#messages;
    if (messages.done[message] === 1) {
      this.meter.duplicated();
      return;
    }
    messages.done[message] = 1;
    this.meter.done((this.#world.nowNs - messages.publishedNs[message]!) / NS_PER_MS);
  }

  /** The last delivery has failed, or was taken for lost. */
  #comesBack(message: number, delayMs: number): void {
    const messages = this.#messages;
    const { nowNs } = this.#world;
    this.meter.failed(messages.deliveries[message]! > 1);
    if (messages.deliveries[message]! >= this.model.deliveries) {
      this.meter.deadLettered();
      this.#forget(message);
      return;
    }
    this.meter.backlog.change(1, nowNs);
    if (delayMs === 0) {
      this.#waits(message);
      return;
    }
    messages.state[message] = MessageState.delayed;
    this.#schedule(message, Math.round(delayMs * NS_PER_MS));
  }

  #schedule(message: number, delayNs: number): void {
    const { nowNs, events } = this.#world;
    const payload = eventFor(EventKind.message, message);
    this.#messages.pending[message] = events.push(nowNs + delayNs, payload);
  }

  /** The consumer of a delivery is free. */
  #ended(message: number): void {
    this.#messages.running[message]!--;
    this.meter.inWork.change(-1, this.#world.nowNs);
  }

  /** The last delivery of a message that is done or dead has ended. */
  #releaseGone(message: number): void {
    const messages = this.#messages;
    const isGone = messages.state[message] === MessageState.gone;
    if (isGone && messages.running[message] === 0) messages.release(message);
  }

  /** It can be delivered once more. */
  #waits(message: number): void {
    this.#messages.state[message] = MessageState.waiting;
    this.#backlog.push(message, true);
  }

  /** Done, or a dead letter. */
  #forget(message: number): void {
    const messages = this.#messages;
    const state = messages.state[message]!;
    messages.pending[message] = 0;
    messages.state[message] = MessageState.gone;
    this.#all.leave(message, messages.ages);
    const isHere = state === MessageState.waiting || state === MessageState.delayed;
    if (isHere) this.meter.backlog.change(-1, this.#world.nowNs);
    if (state === MessageState.waiting) this.#backlog.leave(message);
    else this.#backlog.free(message);
  }

  #delayMs(message: number): number {
    const messages = this.#messages;
    const delayMs = backoffDelayMs(
      this.model.backoff,
      messages.deliveries[message]!,
      messages.previousDelayMs[message]!,
      this.#chances.backoff,
      messages.delayedMs[message]!,
      portable,
    );
    messages.previousDelayMs[message] = delayMs;
    messages.delayedMs[message]! += delayMs;
    return delayMs;
  }
}
