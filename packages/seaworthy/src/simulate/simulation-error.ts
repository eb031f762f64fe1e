/** Why a model cannot be simulated further. The message says what to change. */
export class SimulationError extends Error {}

/** More work is in the system than fits into memory. */
export class CrowdedError extends SimulationError {
  constructor(atMs: number, most: number) {
    super(
      `more than ${most} requests or messages are in the system at ${atMs} ms, and nothing bounds them: ` +
        'give the queues a limit or the calls a timeout, or shorten the run with `run: { for: ... }`',
    );
    this.name = 'CrowdedError';
  }
}

/** The model makes work without end in no time. */
export class StandstillError extends SimulationError {
  constructor(atMs: number, most: number) {
    super(
      `virtual time stands still at ${atMs} ms: more than ${most} things happen at this instant; ` +
        'look for users without think time, or retries without backoff, around a service that takes no time',
    );
    this.name = 'StandstillError';
  }
}
