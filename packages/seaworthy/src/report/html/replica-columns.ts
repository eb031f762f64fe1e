import type { RunHeader } from '../../signals/run.ts';
import type { ReplicaSeries, ReplicaSteps } from './page-run.ts';

/**
 * Steps of replicas in a page: 24 replicas for each of 400 intervals, some 60 kB under gzip. Where
 * there are more, several intervals are taken together.
 */
const CELLS_MAX = 9600;

/** With more of them, what is left of each is too coarse to tell anything: then there are none. */
const REPLICAS_MAX = 400;

interface Growing extends ReplicaSeries {
  readonly arrived: number[];
  readonly failed: number[];
  readonly meanMs: number[];
}

/** What each replica did, as the intervals of a record have it, in a bounded number of steps. */
export class ReplicaColumns implements ReplicaSteps {
  readonly step: number;
  readonly services: readonly (readonly Growing[])[];
  readonly #answered: number[][];

  constructor({ replicasOfService, durationMs, intervalMs }: Sized) {
    const replicas = replicasOfService.reduce((sum, count) => sum + count, 0);
    const intervals = Math.ceil(durationMs / intervalMs);
    this.step = Math.max(1, Math.ceil((replicas * intervals) / CELLS_MAX));
    const kept = replicas <= REPLICAS_MAX ? replicasOfService : [];
    this.services = kept.map((count) =>
      Array.from({ length: count }, () => ({ arrived: [], failed: [], meanMs: [] })),
    );
    this.#answered = kept.map((count) => Array.from({ length: count }, () => 0));
  }

  /**
   * @param at which interval
   * @param json of each replica `[answered, mean service time in ms, arrived, failed]`
   */
  add(service: number, at: number, json: unknown): void {
    const list: readonly unknown[] = Array.isArray(json) ? json : [];
    const step = Math.floor(at / this.step);
    for (const [index, replica] of (this.services[service] ?? []).entries()) {
      const one = list[index];
      const values: readonly unknown[] = Array.isArray(one) ? one : [];
      const [answered = 0, meanMs = 0, arrived = 0, failed = 0] = values.map(numberOr0);
      const isNew = replica.meanMs.length <= step;
      const answeredOf = this.#answered[service]!;
      const before = isNew ? 0 : answeredOf[index]!;
      const all = before + answered;
      const sumMs = before * (replica.meanMs[step] ?? 0) + answered * meanMs;
      replica.meanMs[step] = all > 0 ? Number((sumMs / all).toPrecision(3)) : 0;
      replica.arrived[step] = (isNew ? 0 : (replica.arrived[step] ?? 0)) + arrived;
      replica.failed[step] = (isNew ? 0 : (replica.failed[step] ?? 0)) + failed;
      answeredOf[index] = all;
    }
  }
}

type Sized = Pick<RunHeader, 'replicasOfService' | 'durationMs' | 'intervalMs'>;

function numberOr0(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
