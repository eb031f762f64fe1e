import type { Model, Objective, Source } from '../../model/model.ts';
import type { Interval, Run, RunHeader } from '../../signals/run.ts';
import { judgedPartMs, judgedObjectives, recoveredForMs } from '../recovery.ts';
import { type Standing, standingOf } from '../standing.ts';
import type { Span } from '../triggers.ts';
import { roughShareText } from '../words.ts';
import { objectivesAt } from './load.ts';

/** Less than this share of what is offered is no health, where the file has no word on it. */
export const goodputShare = 0.95;
export const goodputText = `success > ${roughShareText(goodputShare)}`;

/** What a system must do to count as healthy. */
export interface Health {
  readonly objectives: readonly Objective[];
  /** No objective is about whether callers are served: they must be, 95 of 100 at least. */
  readonly goodput: boolean;
}

/** The objectives of the file; where none of them says that callers are served, that they are. */
export function healthOf(model: Model): Health {
  // When all is done is no question of a system that goes on.
  const objectives = judgedObjectives(model).filter(({ measure }) => measure.kind !== 'makespan');
  const serves = new Set(['latency', 'success', 'failed', 'rejected', 'goodput']);
  return { objectives, goodput: !objectives.some(({ measure }) => serves.has(measure.kind)) };
}

/**
 * Says of a system, interval by interval, how it is. It is healthy when the last 30 s hold every
 * objective and no 10 s of them clearly fail one: what `recovers within` means in a verdict.
 */
export class HealthWatch {
  readonly #model: Model;
  readonly #health: Health;
  readonly #intervals: Interval[] = [];
  #objectives: readonly Objective[];
  #load = 1;
  #sinceMs = 0;
  #failedAtMs = -Infinity;
  /** Clearly failing without a break since then; undefined: it was not, last. */
  #failingSinceMs: number | undefined = undefined;

  constructor(model: Model) {
    this.#model = model;
    this.#health = healthOf(model);
    this.#objectives = this.#health.objectives;
  }

  /** Forgets what was: from here on it counts, at so many times the load of the model. */
  restart(atMs: number, load: number): void {
    this.#intervals.length = 0;
    this.#sinceMs = atMs;
    this.#failedAtMs = -Infinity;
    this.#failingSinceMs = undefined;
    if (load === this.#load) return;
    this.#load = load;
    this.#objectives = objectivesAt(this.#health.objectives, load);
  }

  add(interval: Interval): void {
    const intervals = this.#intervals;
    intervals.push(interval);
    while ((intervals[0]?.toMs ?? Infinity) <= interval.toMs - recoveredForMs) intervals.shift();
    if (interval.toMs - this.#sinceMs < judgedPartMs) return;
    const part = { fromMs: interval.toMs - judgedPartMs, toMs: interval.toMs };
    if (!this.#clearlyFails(part)) {
      this.#failingSinceMs = undefined;
      return;
    }
    this.#failedAtMs = interval.toMs;
    this.#failingSinceMs ??= part.fromMs;
  }

  /** For how long it has been clearly failing, without a break, until now. */
  get failingForMs(): number {
    if (this.#failingSinceMs === undefined) return 0;
    return this.#nowMs - this.#failingSinceMs;
  }

  /** The last 30 s were good. False as long as there are no 30 s. */
  get isHealthy(): boolean {
    const nowMs = this.#nowMs;
    if (nowMs - this.#sinceMs < recoveredForMs) return false;
    if (this.#failedAtMs > nowMs - recoveredForMs + judgedPartMs) return false;
    return this.#holds({ fromMs: nowMs - recoveredForMs, toMs: nowMs });
  }

  /** What of health is missed in the last 30 s, or clearly in the last 10 s. */
  get fails(): readonly string[] {
    const [all, part] = [recoveredForMs, judgedPartMs].map((ms) => this.#last(ms));
    const missed = this.#objectives.flatMap((each, index) => {
      const isMissed = all?.[index]?.verdict === 'fails' || part?.[index]?.clearlyFails === true;
      return isMissed ? [each.text] : [];
    });
    const { offered, served } = this.#served(this.#nowMs - judgedPartMs);
    const isServed = !this.#health.goodput || served >= goodputShare * offered;
    return isServed ? missed : [...missed, goodputText];
  }

  /** What the last 30 s had too few answers for to judge it by. */
  get unjudged(): readonly string[] {
    const standings = this.#last(recoveredForMs);
    return this.#objectives.flatMap(({ text }, index) =>
      standings[index]?.verdict === 'unknown' ? [text] : [],
    );
  }

  #last(forMs: number): readonly Standing[] {
    const run = this.#run();
    const span = { fromMs: this.#nowMs - forMs, toMs: this.#nowMs };
    return this.#objectives.map((each) => standingOf(this.#model, run, each, span));
  }

  /** How many times as much is served as is offered, over the last 10 s. */
  get servedShare(): number {
    const { offered, served } = this.#served(this.#nowMs - judgedPartMs);
    return offered === 0 ? 1 : served / offered;
  }

  get #nowMs(): number {
    return this.#intervals.at(-1)?.toMs ?? this.#sinceMs;
  }

  #clearlyFails(span: Span): boolean {
    if (this.#health.goodput) {
      const { offered, served } = this.#served(span.fromMs);
      // Both counts scatter like a Poisson variate.
      if (goodputShare * offered - served > 3 * Math.sqrt(offered) + 2) return true;
    }
    const run = this.#run();
    return this.#objectives.some((each) => standingOf(this.#model, run, each, span).clearlyFails);
  }

  #holds(span: Span): boolean {
    if (this.#health.goodput) {
      const { offered, served } = this.#served(span.fromMs);
      if (served < goodputShare * offered) return false;
    }
    const run = this.#run();
    return this.#objectives.every((objective) => {
      const standing = standingOf(this.#model, run, objective, span);
      return standing.verdict !== 'fails' && !standing.clearlyFails;
    });
  }

  #served(fromMs: number): Served {
    return servedAtAll(
      this.#model,
      this.#intervals.filter((interval) => interval.fromMs >= fromMs),
    );
  }

  /** The last 30 s, as what objectives are judged in. */
  #run(): Run {
    return runOf(this.#intervals);
  }
}

export interface Served {
  readonly offered: number;
  readonly served: number;
}

/** What a source offered, and how much of it was served. */
export function servedTo({ edge }: Source, intervals: readonly Interval[]): Served {
  let offered = 0;
  let served = 0;
  for (const interval of intervals) {
    offered += interval.edges[edge]?.offered ?? 0;
    served += interval.edges[edge]?.succeeded ?? 0;
  }
  return { offered, served };
}

/** The same of all sources together. */
export function servedAtAll({ sources }: Model, intervals: readonly Interval[]): Served {
  let offered = 0;
  let served = 0;
  for (const source of sources) {
    const one = servedTo(source, intervals);
    offered += one.offered;
    served += one.served;
  }
  return { offered, served };
}

/** Intervals, as what objectives are judged in. */
export function runOf(intervals: readonly Interval[]): Run {
  return { header: nobody, intervals, events: [], eventsDropped: 0 };
}

/** Objectives are judged by intervals alone. */
const nobody: RunHeader = {
  schema: 1,
  world: 'simulate',
  engineVersion: '',
  model: { name: '', hash: '', environment: undefined },
  scenario: '',
  seed: 0,
  replication: 0,
  durationMs: 0,
  warmUpMs: 0,
  intervalMs: 0,
  services: [],
  edges: [],
  sources: [],
  replicasOfService: [],
  queues: [],
  rows: [],
  status: 'running',
};
