import type { Model, Objective } from '../../model/model.ts';
import { seedMax } from '../../simulate/replicate/pool.ts';
import type { LoadAxis } from './load.ts';
import { steadyAt } from './load.ts';
import type { Probing } from './pool.ts';
import type { ProbeResult, Question } from './probe.ts';

/** How far a campaign is. */
export interface Told {
  /** 0 to 1, an estimate: how many runs it takes is found out on the way. */
  readonly share: number;
  /** What is being looked for, in words. */
  readonly doing: readonly string[];
  readonly runs: number;
  readonly requests: number;
}

/** The seeds of one part of a campaign: no part takes as many runs. */
const seedsOfPart = 1000;

/** What one campaign of runs has in common, and its account. */
export class Campaign {
  readonly axis: LoadAxis;
  readonly seed: number;
  readonly horizonMs: number;
  readonly #probing: Probing;
  readonly #tell: (told: Told) => void;
  readonly #parts: Part[] = [];
  #model: Model;
  #weightPlanned: number;
  #share = 0;
  runs = 0;
  requests = 0;
  simulatedMs = 0;

  constructor(
    given: {
      readonly model: Model;
      readonly axis: LoadAxis;
      readonly seed: number;
      readonly horizonMs: number;
      /** Of all parts to come. */
      readonly weight: number;
    },
    probing: Probing,
    tell: (told: Told) => void,
  ) {
    this.#model = given.model;
    this.axis = given.axis;
    this.seed = given.seed;
    this.horizonMs = given.horizonMs;
    this.#weightPlanned = given.weight;
    this.#probing = probing;
    this.#tell = tell;
  }

  get model(): Model {
    return this.#model;
  }

  /** From here on runs are judged by these. */
  judgeBy(objectives: readonly Objective[]): void {
    this.#model = { ...this.#model, objectives };
  }

  get interrupted(): boolean {
    return this.#probing.interrupted;
  }

  /** The model at so many times its load, for as long as it runs. */
  at(load: number): Model {
    return steadyAt(this.model, this.axis, load);
  }

  /**
   * A part of the campaign.
   *
   * @param place parts of the same place have the same seeds, whenever they begin
   * @param weight about how much of the whole it takes, in the unit of the constructor's
   */
  part(doing: string, place: number, weight: number): Part {
    const part = new Part(this, doing, place * seedsOfPart, weight);
    this.#parts.push(part);
    this.report();
    return part;
  }

  /** Undefined: stopped before. */
  async ask(
    index: number,
    model: Model,
    question: Question,
    horizonMs: number,
  ): Promise<ProbeResult | undefined> {
    const seed = (this.seed + index) % (seedMax + 1);
    const result = await this.#probing.run({ model, seed, horizonMs, question });
    if (result === undefined) return undefined;
    this.runs++;
    this.requests += result.requests;
    this.simulatedMs += result.simulatedMs;
    return result;
  }

  report(): void {
    let done = 0;
    for (const part of this.#parts) done += part.share * part.weight;
    // An estimate may fall back; what is shown does not.
    this.#share = Math.max(this.#share, Math.min(1, done / this.#weightPlanned));
    const doing = this.#parts.filter((part) => part.share < 1).map((part) => part.doing);
    this.#tell({ share: this.#share, doing, runs: this.runs, requests: this.requests });
  }
}

/** One thing to find out. */
export class Part {
  readonly doing: string;
  readonly weight: number;
  readonly #campaign: Campaign;
  readonly #firstSeed: number;
  #share = 0;
  #asked = 0;

  constructor(campaign: Campaign, doing: string, firstSeed: number, weight: number) {
    this.#campaign = campaign;
    this.doing = doing;
    this.#firstSeed = firstSeed;
    this.weight = weight;
  }

  /** 0 to 1. */
  get share(): number {
    return this.#share;
  }

  /** Each with dice of its own; those that were stopped are missing. */
  ask<Size>(
    sizes: readonly Size[],
    of: (size: Size) => readonly [Model, Question],
    horizonMs: number = this.#campaign.horizonMs,
  ): Promise<readonly (readonly [Size, ProbeResult])[]> {
    const first = this.#firstSeed + this.#asked;
    this.#asked += sizes.length;
    return this.#collect(sizes, (size, index) =>
      this.#campaign.ask(first + index, ...of(size), horizonMs),
    );
  }

  /** So far it is. */
  advance(share: number): void {
    this.#share = share;
    this.#campaign.report();
  }

  async #collect<Size>(
    sizes: readonly Size[],
    ask: (size: Size, index: number) => Promise<ProbeResult | undefined>,
  ): Promise<readonly (readonly [Size, ProbeResult])[]> {
    const results = await Promise.all(
      sizes.map(async (size, index) => {
        const result = await ask(size, index);
        this.#campaign.report();
        return result === undefined ? [] : [[size, result] as const];
      }),
    );
    return results.flat();
  }
}
