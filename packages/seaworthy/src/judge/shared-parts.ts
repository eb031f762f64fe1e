import type { Measure, Model } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { latencyResult } from './latency.ts';
import { samplesNeeded } from './measure.ts';
import { queueSamples } from './queues.ts';
import { rowsSamples } from './rows.ts';
import { median } from './statistics.ts';
import { afterWarmUp, intervalsIn, merged, secondsOf, sumOf } from './totals.ts';
import { valueOf } from './traffic.ts';
import type { QueueResult, RowsResult } from './verdict.ts';

/** Every message queue over the run, after the warm-up. */
export function queueResults(model: Model, runs: readonly Run[]): readonly QueueResult[] {
  return model.queues.map((queue, index) => {
    const value = valueOf(model, runs, { kind: 'queue', index });
    return {
      queue: queue.name,
      publishedPerSecond: value({ kind: 'offered' }),
      donePerSecond: value({ kind: 'goodput' }),
      latency: latencyResult(
        runs.map((run) =>
          merged(queueSamples(intervalsIn(run, afterWarmUp(run)), index), (one) => one.latency),
        ),
      ),
      backlogMax: value({ kind: 'backlog' }),
      ageMs: value({ kind: 'age' }),
      redeliveredShare: value({ kind: 'redelivered' }),
      duplicateShare: value({ kind: 'duplicates' }),
      deadLetterShare: value({ kind: 'dead-letters' }),
    };
  });
}

const waitP99: Measure = { kind: 'wait', statistic: 'quantile', quantile: 0.99 };

/** All rows over the run, after the warm-up. */
export function rowsResults(model: Model, runs: readonly Run[]): readonly RowsResult[] {
  return model.rows.map((rows, index) => {
    const value = valueOf(model, runs, { kind: 'rows', index });
    const locks = runs.map((run) => {
      const intervals = intervalsIn(run, afterWarmUp(run));
      const samples = rowsSamples(intervals, index);
      return {
        perSecond: sumOf(samples, (sample) => sample.locked) / secondsOf(intervals),
        wait: merged(samples, (sample) => sample.wait),
      };
    });
    const known = locks.every(({ wait }) => wait.count >= samplesNeeded(waitP99));
    return {
      rows: rows.name,
      locksPerSecond: median(locks.map(({ perSecond }) => perSecond)),
      waitP99Ms: known ? value(waitP99) : undefined,
      queueMean: value({ kind: 'queue' }),
      conflictShare: value({ kind: 'conflicts' }),
    };
  });
}
