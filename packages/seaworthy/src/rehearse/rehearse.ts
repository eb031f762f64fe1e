import type { Clock } from '@seaworthy/policy/engine';

import { hashModel } from '../model/hash.ts';
import type { Model, Scenario } from '../model/model.ts';
import { runLengthMs } from '../model/run-length.ts';
import { intervalLengthMs } from '../signals/interval-length.ts';
import type { Interval, Run, RunEvent, RunHeader } from '../signals/run.ts';
import { startLoads } from './sources.ts';
import { Readings } from './signals/readings.ts';
import { sleep } from './stage/ready.ts';
import { Stage } from './stage/stage.ts';
import { Timeline } from './timeline/timeline.ts';

/** Changes with every change that can move a number of a run. */
const engineVersion = '1';

export interface RehearseOptions {
  /** Undefined: no faults. */
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  readonly clock: Clock;
  /** What `cwd` in the file is relative to. */
  readonly folder: string;
  /** Where what the processes print is kept. Undefined: nowhere. */
  readonly outputFolder: string | undefined;
  /** Aborted: the run ends there, as interrupted. */
  readonly signal: AbortSignal;
  /** Told of each interval as soon as it is over, and of each event. */
  readonly onInterval?: (interval: Interval) => void;
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Plays a model and a scenario on real processes: starts them, sends the traffic, injects the
 * faults, and measures. Whatever comes of it, all that it started has ended afterwards.
 *
 * @throws StageError when a process does not come up.
 */
export async function rehearse(model: Model, options: RehearseOptions): Promise<Run> {
  const { clock, signal } = options;
  const events: RunEvent[] = [];
  let startMs = clock.now();
  const tell = (event: Omit<RunEvent, 'atMs'>): void => {
    const told = { atMs: Math.max(0, clock.now() - startMs), ...event };
    events.push(told);
    options.onEvent?.(told);
  };
  const stage = await Stage.open(model, {
    ...options,
    onCrash: (service, replica, how) => {
      const { name } = stage.replicas[service]![replica]!.settings;
      tell({ kind: 'replica-killed', subject: name, text: `${how}, unasked` });
    },
  });
  try {
    startMs = clock.now();
    const header = headerOf(model, options, 'complete');
    let failure: { readonly error: unknown } | undefined;
    const ending = new AbortController();
    const end = (): void => ending.abort();
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    const timeline = new Timeline(model, options.scenario, {
      clock,
      stage,
      tell,
      signal: ending.signal,
      fail: (error) => {
        failure ??= { error };
        end();
      },
    });
    const loads = await startLoads(model, stage, options);
    const readings = new Readings(model, stage, loads);
    timeline.start();
    const intervals = await play({ header, options, readings, startMs, ending: ending.signal });
    timeline.stop();
    await Promise.all(loads.map((load) => load?.stop()));
    signal.removeEventListener('abort', end);
    if (failure !== undefined) throw failure.error;
    const status = ending.signal.aborted ? 'interrupted' : 'complete';
    return { header: { ...header, status }, intervals, events, eventsDropped: 0 };
  } finally {
    await stage.close();
  }
}

async function play({
  header,
  options,
  readings,
  startMs,
  ending,
}: {
  readonly header: RunHeader;
  readonly options: RehearseOptions;
  readonly readings: Readings;
  readonly startMs: number;
  readonly ending: AbortSignal;
}): Promise<readonly Interval[]> {
  const { clock } = options;
  const { durationMs, intervalMs } = header;
  const intervals: Interval[] = [];
  for (let fromMs = 0; fromMs < durationMs && !ending.aborted; fromMs += intervalMs) {
    const dueMs = Math.min(fromMs + intervalMs, durationMs);
    await sleep(clock, startMs + dueMs - clock.now(), ending);
    const toMs = ending.aborted ? Math.max(fromMs + 1, clock.now() - startMs) : dueMs;
    const interval = await readings.take(fromMs, Math.min(toMs, dueMs));
    intervals.push(interval);
    options.onInterval?.(interval);
  }
  return intervals;
}

/** What is known of a run before it begins. */
export function headerOf(
  model: Model,
  { scenario, seed }: Pick<RehearseOptions, 'scenario' | 'seed'>,
  status: RunHeader['status'],
): RunHeader {
  const durationMs = runLengthMs(model, scenario);
  return {
    schema: 1,
    world: 'rehearse',
    engineVersion,
    model: { name: model.name, hash: hashModel(model), environment: model.environment },
    scenario: scenario?.name ?? 'calm',
    seed,
    replication: 0,
    durationMs,
    warmUpMs: model.run.warmUpMs,
    intervalMs: intervalLengthMs(durationMs),
    services: model.services.map((service) => service.name),
    edges: model.edges.map((edge) => edge.name),
    sources: model.sources.map((source) => source.name),
    queues: model.queues.map((queue) => queue.name),
    rows: model.rows.map((rows) => rows.name),
    replicasOfService: model.services.map((service) => service.replicas.length),
    status,
  };
}
