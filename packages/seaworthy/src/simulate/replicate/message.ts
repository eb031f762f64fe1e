import type { Model, Scenario } from '../../model/model.ts';

/** One replication to run. Models are plain data: they survive the way into a worker. */
export interface Job {
  readonly model: Model;
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  readonly replication: number;
  /** Whether anybody looks at its samples: making and sending them is a tenth of the work. */
  readonly sampled: boolean;
}

/** What a worker says of its job, in this order: samples, then how it ended. */
export type Report<Sample, Result> =
  | { readonly kind: 'sample'; readonly sample: Sample }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface Failure {
  /** Whose mistake it is: of the model, which asks for the impossible, or of the engine. */
  readonly blame: 'model' | 'engine';
  readonly message: string;
  readonly stack: string;
}

/** What every worker is given once: a flag in shared memory, 1 when all are to stop. */
export interface WorkerStart {
  readonly stop: Int32Array;
}
