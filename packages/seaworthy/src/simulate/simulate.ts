import { NS_PER_MS } from '../model/chance/sampler.ts';
import { buildWorld } from './build.ts';
import { hashModel } from '../model/hash.ts';
import { namesOf } from '../model/names.ts';
import type { Model, Scenario } from '../model/model.ts';
import { intervalLengthMs } from '../signals/interval-length.ts';
import type { Interval, Run, RunHeader } from '../signals/run.ts';
import { runLengthMs } from '../model/run-length.ts';
import { followUnfinished } from './follow/steps.ts';
import type { World } from './world.ts';

/**
 * Changes with every change that can move a number of a run: a seed reproduces a run of the same
 * engine version.
 */
const ENGINE_VERSION = '4';

/**
 * How often an interrupt is looked for, in virtual time: a fraction of an interval, however long it
 * is.
 */
const LOOKS_PER_INTERVAL = 20;

export interface SimulateOptions {
  /** Undefined: no faults. */
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  /** Which of several replications this is, for the record. */
  readonly replication: number;
  /** Told of each interval as soon as it is over. */
  readonly onInterval?: (interval: Interval) => void;
  /** Asked now and then; true ends the run there, as interrupted. */
  readonly shouldStop?: () => boolean;
}

/**
 * Runs a model in virtual time. The same model, scenario, seed and engine version give the same
 * run, to the byte, on every machine.
 *
 * @throws StandstillError when the model makes work without end in no time.
 */
export function simulate(model: Model, options: SimulateOptions): Run {
  const durationMs = runLengthMs(model, options.scenario);
  const intervalMs = intervalLengthMs(durationMs);
  const world = buildWorld(model, options.scenario, options.seed);
  const intervals: Interval[] = [];
  let interrupted = false;
  for (let fromMs = 0; fromMs < durationMs && !interrupted; fromMs += intervalMs) {
    const toMs = Math.min(fromMs + intervalMs, durationMs);
    for (let look = 1; look <= LOOKS_PER_INTERVAL && !interrupted; look++) {
      const untilMs = fromMs + ((toMs - fromMs) * look) / LOOKS_PER_INTERVAL;
      world.runUntil(Math.round(untilMs * NS_PER_MS));
      interrupted = options.shouldStop?.() ?? false;
    }
    const interval = sampleInterval(world, fromMs, world.nowMs);
    intervals.push(interval);
    options.onInterval?.(interval);
  }
  followUnfinished(world);
  return {
    header: header(model, options, durationMs, intervalMs, interrupted),
    intervals,
    events: world.journal.events,
    eventsDropped: world.journal.dropped,
    tasks: world.examples.list(),
  };
}

/** What happened since the interval before; its counters begin anew. */
export function sampleInterval(world: World, fromMs: number, toMs: number): Interval {
  const fromNs = fromMs * NS_PER_MS;
  const { nowNs } = world;
  return {
    fromMs,
    toMs,
    edges: world.edges.map((edge) => edge.meter.flush(fromNs, nowNs, edge.policyState())),
    services: world.services.map((service) =>
      service.meter.flush(fromNs, nowNs, service.slots(), service.cores()),
    ),
    queues: world.queues.map((queue) => queue.meter.flush(fromNs, nowNs, queue.oldestMs())),
    rows: world.rows.map((rows) => rows.meter.flush(fromNs, nowNs)),
  };
}

function header(
  model: Model,
  options: SimulateOptions,
  durationMs: number,
  intervalMs: number,
  interrupted: boolean,
): RunHeader {
  return {
    schema: 1,
    world: 'simulate',
    engineVersion: ENGINE_VERSION,
    model: { name: model.name, hash: hashModel(model), environment: model.environment },
    scenario: options.scenario?.name ?? 'calm',
    seed: options.seed,
    replication: options.replication,
    durationMs,
    warmUpMs: model.run.warmUpMs,
    intervalMs,
    ...namesOf(model),
    status: interrupted ? 'interrupted' : 'complete',
  };
}
