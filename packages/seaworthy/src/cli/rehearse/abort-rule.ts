import { compare } from '../../judge/standing.ts';
import { measure } from '../../judge/measure.ts';
import { Unreadable } from '../../model/measure.ts';
import type { Model, Objective } from '../../model/model.ts';
import { parseObjective } from '../../model/objective.ts';
import { durationUnit, parseUnit } from '../../model/unit.ts';
import type { Interval, Run } from '../../signals/run.ts';
import { UsageError } from '../usage-error.ts';

/** Shorter dips come and go. */
const defaultMs = 10_000;

const right = 'write, for example: web success < 50% for 10s';

/** Ends a rehearsal when something holds for some time: `web success < 50% for 10s`. */
export class AbortRule {
  readonly #model: Model;
  readonly #text: string;
  /** Any of them. */
  readonly #statements: readonly Objective[];
  readonly #forMs: number;

  /**
   * @param text An objective, without a subject about each source, and `for` how long.
   * @throws UsageError when it is none.
   */
  constructor(text: string, model: Model) {
    const match = /^(.+?)(?:\s+for\s+(\S+))?$/.exec(text.trim());
    const forMs = match?.[2] === undefined ? defaultMs : parseUnit(durationUnit, match[2]);
    if (match === null || forMs === undefined || forMs <= 0) throw wrongRule(text, 'no rule');
    this.#model = model;
    this.#text = text;
    this.#forMs = forMs;
    this.#statements = statementsOf(match[1]!, model, text);
  }

  /** Why a run that has come so far is to end. */
  broken(header: Run['header'], intervals: readonly Interval[]): string | undefined {
    const toMs = intervals.at(-1)?.toMs ?? 0;
    const span = { fromMs: toMs - this.#forMs, toMs };
    if (span.fromMs < 0) return undefined;
    const run: Run = { header, intervals, events: [], eventsDropped: 0 };
    for (const { subject, measure: what, comparison, required } of this.#statements) {
      const { value } = measure(this.#model, run, subject, what, span);
      if (compare(value, comparison, required)) return this.#text;
    }
    return undefined;
  }
}

function statementsOf(text: string, model: Model, written: string): readonly Objective[] {
  const subjects = subjectsOf(model);
  const hasSubject = Object.values(subjects.names).some((name) => text.startsWith(`${name} `));
  const texts = hasSubject ? [text] : model.sources.map(({ name }) => `${name} ${text}`);
  try {
    const parsed = texts.map((one) => parseObjective(one, subjects));
    if (parsed.every(({ measure: { kind } }) => kind !== 'recovery')) return parsed;
  } catch (error) {
    if (error instanceof Unreadable) throw wrongRule(written, error.message);
    throw error;
  }
  throw wrongRule(written, 'whether it recovers is known at the end');
}

function subjectsOf(model: Model) {
  const edges = model.edges.map(({ name }) => name);
  const services = model.services.map(({ name }) => name);
  const sources = model.sources.map(({ name }) => name);
  return {
    names: [...edges, ...services, ...sources],
    services,
    sources,
    queues: model.queues.map(({ name }) => name),
    rows: model.rows.map(({ name }) => name),
    edges,
    classesOf: (name: string) =>
      model.sources.find((source) => source.name === name)?.criticality ?? [],
    edgeIndex: (name: string) => edges.indexOf(name),
  };
}

function wrongRule(text: string, why: string): UsageError {
  return new UsageError(`option --abort-on: "${text}": ${why}`, right);
}
