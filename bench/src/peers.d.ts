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
