import type { MessageQueue } from '../../model/message-queue.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, momentText, numberText, rateText, roughShareText } from '../words.ts';
import { changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import { queuePart, type QueuePart } from './queue-part.ts';
import { harmedIn, longestStretch, spanOf, type Stretch } from './stretch.ts';
import type { RunView } from './view.ts';

/** A fifth of the deliveries for messages that come back is work that the others miss. */
const againMuch = 0.2;

/** A message that nobody can process is not helped by another delivery; one in ten is bad luck. */
const hopeless = 0.9;

/** Where more first deliveries fail than this, it is the consumers that fail, not some messages. */
const mostFirstFailed = 0.2;

/** Shorter, it is a hiccup that redelivery is for. */
const atLeastMs = 5000;

/** The first deliveries before it are what shows that the consumers were well. */
const beforeMs = 30_000;

/** A backlog that is this many times what it was, and what the consumers hold, has grown. */
const muchLonger = 10;

/** Deliveries in vain, before a message is a dead letter, that brokers suggest. */
const fewDeliveries = 5;

/**
 * A few messages that nobody can process, delivered again and again, while the others wait. Their
 * first deliveries are few among many that succeed; their later ones hardly ever succeed.
 */
export function detectPoisonMessages(view: RunView): readonly Occurrence[] {
  return view.model.queues.flatMap((queue, index) => {
    const flags = view.steps.map((step) => {
      const { againShare, againFailedShare } = queuePart(step.intervals, index);
      return againShare > againMuch && againFailedShare > hopeless;
    });
    const stretch = longestStretch(view, flags, atLeastMs);
    if (stretch === undefined) return [];
    const part = partOf(view, index, stretch);
    const before = partBefore(view, index, stretch);
    if (!(part.againShare > againMuch) || !(part.againFailedShare > hopeless)) return [];
    if (!(before.firstFailedShare <= mostFirstFailed) || consumersFail(view, queue, stretch)) {
      return [];
    }
    const grew = part.backlogMax > muchLonger * Math.max(queue.consumers, before.backlogMax);
    if (!grew && !harmedIn(view, stretch)) return [];
    return [poisonIn(view, queue, stretch, part, before)];
  });
}

function poisonIn(
  view: RunView,
  queue: MessageQueue,
  stretch: Stretch,
  part: QueuePart,
  before: QueuePart,
): Occurrence {
  const span = spanOf(view, stretch);
  const edge = view.model.edges[queue.edge];
  const service = view.model.services[edge?.to ?? -1];
  const inVain = part.redelivered / part.seconds;
  return {
    key: `poison-message ${queue.name}`,
    id: 'poison-message',
    title: `poison messages in ${queue.name}: ${roughShareText(part.againShare)} of the deliveries were of messages that had failed before`,
    severity: part.againShare >= 0.5 ? 'critical' : 'high',
    effect: part.redelivered,
    ...span,
    edges: edge === undefined ? [] : [edge.name],
    services: service === undefined ? [] : [service.name],
    numbers: [
      `${rateText(inVain)} redeliveries from ${momentText(span.fromMs)} to ${momentText(span.toMs)}, ` +
        `of which ${roughShareText(part.againFailedShare)} failed once more`,
      `${roughShareText(before.firstFailedShare)} of the first deliveries failed: few messages, over and over`,
      `${numberText(part.againShare * part.inWorkMean)} of ${numberText(queue.consumers)} consumers were busy with them on average`,
      `backlog of up to ${numberText(part.backlogMax)} messages (${numberText(before.backlogMax)} before), ` +
        `the oldest ${durationText(part.oldestMs)} old at the end`,
      `${rateText(part.published / part.seconds)} were published, ${rateText(part.done / part.seconds)} were done`,
    ],
    sustainingEffect: 'what fails is delivered again, and no delivery of it will ever succeed',
    changes: changesOf(deadLetterChange(queue), delayChange(queue)),
  };
}

function deadLetterChange(queue: MessageQueue): SuggestedChange | undefined {
  if (queue.deliveries <= fewDeliveries) return undefined;
  return {
    edits: [{ path: ['queues', queue.name, 'deliveries'], value: fewDeliveries }],
    why: `a message that has been delivered ${fewDeliveries} times in vain becomes a dead letter, out of the way of the others`,
  };
}

/** For queues that give up already, only too late for the traffic that they have. */
function delayChange(queue: MessageQueue): SuggestedChange | undefined {
  if (queue.backoff.baseMs > 0 || queue.partitions !== undefined) return undefined;
  return {
    edits: [{ path: ['queues', queue.name, 'backoff'], value: { base: '1s', cap: '1m' } }],
    why: 'a message that failed waits before it is delivered again, and the others go on meanwhile',
  };
}

/** A fault of theirs is at work, which explains every failure. */
function consumersFail(view: RunView, queue: MessageQueue, stretch: Stretch): boolean {
  const { fromMs, toMs } = spanOf(view, stretch);
  const service = view.model.edges[queue.edge]?.to;
  return (view.scenario?.faults ?? []).some((fault) => {
    if (!('target' in fault)) return false;
    const { kind, index } = fault.target;
    const isTheirs = kind === 'edge' ? index === queue.edge : index === service;
    return isTheirs && fault.atMs < toMs && fault.atMs + fault.forMs > fromMs;
  });
}

function partOf(view: RunView, queue: number, { from, to }: Stretch): QueuePart {
  return queuePart(
    view.steps.slice(from, to).flatMap((step) => step.intervals),
    queue,
  );
}

/** What was before the stretch, and the first deliveries at its beginning. */
function partBefore(view: RunView, queue: number, { from }: Stretch): QueuePart {
  const startMs = view.steps[from]?.fromMs ?? 0;
  const near = view.steps.filter((step, index) => step.toMs > startMs - beforeMs && index <= from);
  return queuePart(
    near.flatMap((step) => step.intervals),
    queue,
  );
}
