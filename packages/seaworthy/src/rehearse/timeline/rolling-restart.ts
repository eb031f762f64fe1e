import type { Clock } from '@seaworthy/policy/engine';

import { atLeast, paceOf, type RolloutFault } from '../../model/rollout.ts';
import type { RunEvent } from '../../signals/run.ts';
import type { Replica } from '../stage/replica.ts';
import { sleep } from '../stage/ready.ts';

export interface RestartParts {
  readonly clock: Clock;
  readonly graceMs: number;
  readonly signal: AbortSignal;
  readonly tell: (event: Omit<RunEvent, 'atMs'>) => void;
}

/**
 * Restarts replicas as a Deployment replaces them, as many at a time as may be missing. There are
 * no places for more: where only more are allowed, one is missing at a time.
 */
export async function restart(
  rollout: RolloutFault,
  replicas: readonly Replica[],
  { clock, graceMs, signal, tell }: RestartParts,
): Promise<void> {
  const atOnce = Math.max(1, paceOf(rollout, replicas.length).unavailable);
  const left = replicas.slice(0, atLeast(rollout.replicas, replicas.length));
  const service = replicas[0]!.settings.service;
  tell({ kind: 'rollout-began', subject: service, text: rollout.text });
  const restartNext = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined && !signal.aborted; next = left.shift()) {
      const subject = next.settings.name;
      // One after the other, as many at a time as are let loose on the list.
      await next.stop(graceMs);
      tell({ kind: 'replica-gone', subject, text: 'ended, to be replaced' });
      await next.start(signal);
      tell({ kind: 'replica-ready', subject, text: 'ready' });
      await sleep(clock, rollout.minReadyMs, signal);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, restartNext));
  tell({ kind: 'rollout-ended', subject: service, text: 'all are as they are to be' });
}
