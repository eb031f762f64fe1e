// The parts of the peers that the race uses: neither brings types that today's compiler takes.

declare module 'simjs/sim.js' {}

declare module 'simscript' {
  export class Entity {
    readonly simulation: Simulation;
    script(): Promise<void>;
    delay(time: number): Promise<number>;
    enterQueue(queue: Queue): Promise<number>;
    enterQueueImmediately(queue: Queue): void;
    leaveQueue(queue: Queue): void;
  }
  export class Simulation {
    readonly finished: { addEventListener(listener: () => void): void };
    timeEnd: number | null;
    start(): Promise<void>;
    protected onStarting(): void;
    generateEntities(entity: new () => Entity, spacing: Exponential, most: number | null): void;
  }
  export class Queue {
    constructor(name: string, capacity?: number);
    readonly averageDwell: number;
    readonly totalCount: number;
  }
  export class Exponential {
    constructor(mean: number, seed: number);
    sample(): number;
  }
}

// Of each peer, the part that the bench uses.
declare module 'cockatiel' {
  interface Policy {
    execute<T>(work: () => Promise<T>): Promise<T>;
  }
  const handleAll: symbol;
  const TimeoutStrategy: { readonly Aggressive: string };
  type Options = new (options?: { threshold: number; duration: number }) => object;
  const ExponentialBackoff: Options;
  const SamplingBreaker: Options;
  function timeout(ms: number, strategy: string): Policy;
  function retry(of: symbol, options: { maxAttempts: number; backoff: object }): Policy;
  function circuitBreaker(of: symbol, options: { halfOpenAfter: number; breaker: object }): Policy;
  function bulkhead(limit: number, queue: number): Policy;
  function wrap(...policies: readonly Policy[]): Policy;
}

declare module 'opossum' {
  export default class CircuitBreaker<T, A extends readonly unknown[]> {
    constructor(
      work: (...given: A) => Promise<T>,
      options: {
        timeout: number;
        errorThresholdPercentage: number;
        volumeThreshold: number;
        capacity: number;
      },
    );
    fire(...given: A): Promise<T>;
  }
}

declare module 'p-retry' {
  export default function pRetry<T>(
    work: () => Promise<T>,
    options: { retries: number },
  ): Promise<T>;
}

declare module 'p-limit' {
  export default function pLimit(concurrency: number): <T>(work: () => Promise<T>) => Promise<T>;
}

declare module 'effect' {
  interface Effect<T> {
    pipe<A>(one: (effect: Effect<T>) => Effect<A>): Effect<A>;
  }
  const Effect: {
    tryPromise<T>(work: () => Promise<T>): Effect<T>;
    timeout(after: string): <T>(effect: Effect<T>) => Effect<T>;
    retry(options: { times: number; schedule: object }): <T>(effect: Effect<T>) => Effect<T>;
    runPromise<T>(effect: Effect<T>): Promise<T>;
  };
  const Schedule: { exponential(base: string): object };
  const Semaphore: {
    makeUnsafe(permits: number): {
      withPermits(permits: number): <T>(effect: Effect<T>) => Effect<T>;
    };
  };
}

declare module '*other-node.mjs' {
  export function otherNode(): string | undefined;
}
