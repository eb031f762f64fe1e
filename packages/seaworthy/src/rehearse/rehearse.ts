import type { Clock } from '@seaworthy/policy/engine';

import { hashModel } from '../model/hash.ts';
import { namesOf } from '../model/names.ts';
import type { Model, Scenario } from '../model/model.ts';
import { runLengthMs } from '../model/run-length.ts';
import { intervalLengthMs } from '../signals/interval-length.ts';
import type { Interval, Run, RunEvent, RunHeader } from '../signals/run.ts';
import { EventLog } from './event-log.ts';
import type { Limits } from './limits.ts';
import { type SourceInput, startLoads } from './sources.ts';
import { Published } from './signals/published/published.ts';
import { Readings } from './signals/readings.ts';
import { findAttached } from './stage/attached.ts';
import { sleep } from './stage/ready.ts';
import { Stage } from './stage/stage.ts';
import { Timeline } from './timeline/timeline.ts';
import { faultReasons } from './validity.ts';

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
  /** What the sources are given beside the file, parallel to them. Undefined: nothing. */
  readonly inputs?: readonly SourceInput[];
  /** Aborted: the run ends there, as interrupted. */
  readonly signal: AbortSignal;
  readonly limits: Limits;
  /** Told when all processes are ready, and the load begins. */
  readonly onBegin?: () => void;
  /** Told of each interval as soon as it is over, and of each event. */
  readonly onInterval?: (interval: Interval) => void;
  readonly onEvent?: (event: RunEvent) => void;
  /** Asked after each interval, with all so far; why the run is to end there. */
  readonly shouldStop?: (intervals: readonly Interval[]) => string | undefined;
}

/**
 * Plays a model and a scenario on real processes: starts them, sends the traffic, injects the
 * faults, and measures. Whatever comes of it, all that it started has ended afterwards. What cannot
 * be played, or goes beyond limits, is for the caller to refuse before.
 *
 * @throws StageError when a process does not come up, or what runs already does not.
 */
export async function rehearse(model: Model, options: RehearseOptions): Promise<Run> {
  const { clock, signal } = options;
  const log = new EventLog(clock, options.onEvent);
  const published = await Published.open(model);
  try {
    const stage = await Stage.open(model, {
      ...options,
      environmentOf: (service, replica) => published.environmentOf(service, replica),
      onCrash: (replica, how) => {
        log.tell({ kind: 'replica-killed', subject: replica, text: `${how}, unasked` });
      },
      onBack: (replica) => {
        log.tell({ kind: 'replica-back', subject: replica, text: 'started again' });
      },
    });
    try {
      await findAttached(model, stage);
      return await playUntil(signal, (ending) => {
        return play(model, options, { stage, published, log, ending });
      });
    } finally {
      await stage.close();
    }
  } finally {
    await published.close();
  }
}

/** Does what can be ended from inside, and from outside. */
async function playUntil<Result>(
  signal: AbortSignal,
  work: (ending: AbortController) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    return await work(ending);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

interface Parts {
  readonly stage: Stage;
  readonly published: Published;
  readonly log: EventLog;
  /** Aborted: the run ends there. */
  readonly ending: AbortController;
}

async function play(model: Model, options: RehearseOptions, parts: Parts): Promise<Run> {
  const { clock, scenario, limits } = options;
  const { stage, published, log, ending } = parts;
  const header = headerOf(model, options, 'complete');
  const failures: unknown[] = [];
  const timeline = new Timeline(model, scenario, {
    clock,
    stage,
    tell: (event) => log.tell(event),
    signal: ending.signal,
    fail: (error) => {
      failures.push(error);
      ending.abort();
    },
  });
  const maxConnections = Math.ceil(limits.connections / Math.max(1, model.sources.length));
  const loads = await startLoads(model, stage, { ...options, maxConnections });
  const readings = new Readings(model, stage, { loads, published });
  let intervals: readonly Interval[];
  try {
    log.begin();
    options.onBegin?.();
    timeline.start();
    intervals = await measure(header, options, readings, parts);
  } finally {
    timeline.stop();
    await Promise.all(loads.map((load) => load.stop()));
  }
  if (failures.length > 0) throw failures[0];
  const isCut = ending.signal.aborted;
  const reasons = [
    ...readings.generatorReasons(),
    ...(isCut ? [] : faultReasons(timeline.reaches())),
  ];
  for (const text of reasons) log.tell({ kind: 'invalid', subject: 'rehearsal', text });
  const status = isCut ? 'interrupted' : 'complete';
  const { events, dropped: eventsDropped } = log;
  return { header: { ...header, status }, intervals, events, eventsDropped };
}

/** One interval after the other, until the run is over or is to end. */
async function measure(
  { durationMs, intervalMs }: RunHeader,
  { clock, onInterval, shouldStop }: RehearseOptions,
  readings: Readings,
  { log, ending }: Parts,
): Promise<readonly Interval[]> {
  const intervals: Interval[] = [];
  for (let fromMs = 0; fromMs < durationMs && !ending.signal.aborted; fromMs += intervalMs) {
    const dueMs = Math.min(fromMs + intervalMs, durationMs);
    await sleep(clock, dueMs - log.nowMs, ending.signal);
    // Cut short, it has at least the millisecond that makes it an interval.
    const toMs = ending.signal.aborted ? Math.max(fromMs + 1, Math.min(log.nowMs, dueMs)) : dueMs;
    const interval = await readings.take(fromMs, toMs);
    intervals.push(interval);
    onInterval?.(interval);
    const why = shouldStop?.(intervals);
    if (why === undefined) continue;
    log.tell({ kind: 'aborted', subject: 'rehearsal', text: why });
    ending.abort();
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
    ...namesOf(model),
    status,
  };
}
