/** What takes jobs from a queue, and what it does where the code says nothing. */
export interface JobWorker {
  readonly package: string;
  /** What the code makes of it. */
  readonly name: string;
  /** The first version that does it. */
  readonly from: string;
  /** Jobs in work at once. */
  readonly concurrency: number;
  /** A job whose lock is older is given to another worker. */
  readonly lockMs: number;
  /** The lock is renewed when this share of it is over, by the event loop of the worker. */
  readonly renewedShare: number;
  readonly source: string;
}

export const jobWorkers: readonly JobWorker[] = [
  {
    package: 'bullmq',
    name: 'Worker',
    from: '1.0.0',
    concurrency: 1,
    lockMs: 30_000,
    renewedShare: 0.5,
    source: 'https://api.docs.bullmq.io/interfaces/v5.WorkerOptions.html',
  },
];
