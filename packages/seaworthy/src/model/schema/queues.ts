import { z } from 'zod';
import { backoff } from './calls.ts';
import { key, map } from './notes.ts';
import { lasting, share } from './quantities.ts';
import { count, countOrUnlimited, name, word } from './values.ts';

/** More messages in work than a fleet of consumers has. */
const mostConsumers = 1_000_000;
/** More than a broker keeps in memory. */
const mostMessages = 1_000_000_000;
/** Kafka recommends at most some thousand a broker. */
const mostPartitions = 100_000;

/** What a service works on later, whoever publishes it going on at once. */
export const messageQueue = map('a message queue', {
  to: key(
    name,
    'the service that works on the messages; `calls` has its policy as orders -> worker',
  ),
  consumers: key(count(1, mostConsumers, 4).prefault(1), 'messages in work at once'),
  visibility: key(
    lasting().prefault('30s'),
    'a delivery that takes longer is taken for lost, and the message is delivered again',
  ),
  deliveries: key(
    countOrUnlimited(1, 1_000_000, 5).prefault('unlimited'),
    'a message that has been delivered so often in vain becomes a dead letter',
  ),
  backoff: key(
    backoff.prefault({ base: '0s' }),
    'the delay after a delivery that failed, before the next; without it 0s',
  ),
  requeue: key(
    word('a place', ['back', 'front']).prefault('back'),
    'where a message goes that comes back: behind all others, or before them',
  ),
  limit: key(
    countOrUnlimited(1, mostMessages, 100_000).prefault('unlimited'),
    'messages that may wait; publishing one more fails as overloaded',
  ),
  partitions: key(
    count(1, mostPartitions, 8).optional(),
    'each works on its messages one after the other; one that comes back blocks those behind it',
    'none',
  ),
  poison: key(share().prefault('0%'), 'messages whose processing always fails'),
});

export type MessageQueueEntry = z.output<typeof messageQueue>;
