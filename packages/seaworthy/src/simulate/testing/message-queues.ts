import * as fc from 'fast-check';

import type { MessageQueue } from '../../model/message-queue.ts';
import type { Model, Step } from '../../model/model.ts';
import { edge } from './models.ts';

/** From the first service to the last. Small enough to be empty when the run ends. */
export const messageQueue: fc.Arbitrary<MessageQueue> = fc.record({
  name: fc.constant('queue'),
  edge: fc.constant(3),
  consumers: fc.constantFrom(3, 5),
  visibilityMs: fc.constantFrom(20, 500, Infinity),
  deliveries: fc.constantFrom(1, 3),
  backoff: fc.record({
    baseMs: fc.constantFrom(0, 100),
    capMs: fc.constant(1000),
    factor: fc.constant(2),
    jitter: fc.constantFrom('none', 'full', 'decorrelated', 'smooth'),
  }),
  requeue: fc.constantFrom('back', 'front'),
  limit: fc.constantFrom(3, 10),
  partitions: fc.constantFrom(undefined, 2),
  poisonShare: fc.constantFrom(0, 0.2),
});

/** Lets the first service publish, and the third work on the messages. */
export function withQueue(plain: Model, messages: MessageQueue | undefined): Model {
  const [first, ...others] = plain.services;
  if (messages === undefined || first === undefined) return plain;
  const publish: Step = { kind: 'publish', queue: 0, probability: 0.5, optional: true };
  const services = [{ ...first, steps: [publish, ...first.steps] }, ...others];
  const from = { kind: 'queue', index: 0 } as const;
  const consumers = edge(
    'users',
    2,
    { ...plain.edges[2]?.policy, fallbacks: 0 },
    { name: 'queue -> s2', from },
  );
  return { ...plain, services, queues: [messages], edges: [...plain.edges, consumers] };
}
