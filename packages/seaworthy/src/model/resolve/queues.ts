import type { MessageQueue } from '../message-queue.ts';
import type { Context } from './context.ts';
import type { EdgeTable } from './edges.ts';

/** The message queues. Uses an edge for each. */
export function resolveQueues(context: Context, edges: EdgeTable): readonly MessageQueue[] {
  const queues: MessageQueue[] = [];
  for (const [index, name] of context.queueNames.entries()) {
    const entry = context.parts.queues.get(name);
    if (entry === undefined) continue;
    const path = ['queues', name, 'to'];
    const { backoff } = entry;
    queues.push({
      name,
      edge: edges.use({ kind: 'queue', index }, name, entry.to, path),
      consumers: entry.consumers,
      visibilityMs: entry.visibility,
      deliveries: entry.deliveries,
      backoff: {
        baseMs: backoff.base,
        capMs: backoff.cap,
        factor: backoff.factor,
        jitter: backoff.jitter,
      },
      requeue: entry.requeue,
      limit: entry.limit,
      partitions: entry.partitions,
      poisonShare: entry.poison,
    });
  }
  return queues;
}
