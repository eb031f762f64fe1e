import { parentPort, workerData } from 'node:worker_threads';

import { systemClock } from '@seaworthy/policy/engine';

import { Generator } from '../generator.ts';
import { nap, nextTurn, sharedNowMs } from '../system.ts';
import type { Answer, Order, ThreadStart } from './message.ts';
import { toPortable } from './portable.ts';

const { plan, endpoint, part } = workerData as ThreadStart;
let generator: Generator | undefined;

parentPort!.on('message', (order: Order) => void follow(order));
tell({ kind: 'ready' });

async function follow(order: Order): Promise<void> {
  if (order.kind === 'begin') {
    const clock = systemClock;
    const startMs = clock.now() + order.atSharedMs - sharedNowMs();
    generator = new Generator(plan, { clock, turns: { nextTurn, nap }, endpoint, part, startMs });
    return;
  }
  const reading = order.kind === 'read' ? generator!.read() : await generator!.stop(order.graceMs);
  tell({ kind: 'reading', reading: toPortable(reading) });
}

function tell(answer: Answer): void {
  // A worker thread has no origin, unlike the worker of a browser that the rule means.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort!.postMessage(answer);
}
