import type { LoadReading } from '../../rehearse/load/load.ts';
import { inTurn } from '../../rehearse/load/measure/merge.ts';
import { failedCount, unansweredCount } from '../../rehearse/trials/tasks.ts';
import type { Window } from '../../rehearse/trials/trial.ts';
import type { Figures } from './scorecard.ts';

/** Of windows that follow each other; undefined: there are none. */
export function figuresOf(windows: readonly Window[]): Figures | undefined {
  const [first] = windows;
  const last = windows.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return figures(inTurn(windows.map(({ tasks }) => tasks)), last.toMs - first.fromMs);
}

export function figures(tasks: LoadReading, forMs: number): Figures {
  const { offered, succeeded, latency } = tasks;
  const ended = succeeded + failedCount(tasks);
  return {
    offeredPerSecond: (offered / forMs) * 1000,
    goodputPerSecond: (succeeded / forMs) * 1000,
    successShare: succeeded / ended,
    unansweredShare: ended === 0 ? 0 : unansweredCount(tasks) / ended,
    p50Ms: latency.quantile(0.5),
    p99Ms: latency.quantile(0.99),
  };
}
