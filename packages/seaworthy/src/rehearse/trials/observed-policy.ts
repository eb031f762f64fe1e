import type { LoadReading } from '../load/load.ts';
import { inTurn } from '../load/measure/merge.ts';
import type { EdgeReading } from '../proxy/measure/reading.ts';
import type { BatteryRun, CalmReading } from './battery.ts';
import type { Noted } from './measured.ts';
import { unansweredCount } from './tasks.ts';
import type { RanTrial } from './trial.ts';

/** What the target was seen to do with calls that go wrong. Undefined: nothing was seen. */
export interface ObservedPolicy {
  /** There was such a trial, and it touched something. */
  readonly tried: boolean;
  /** Until it gives an answer without the dependency. */
  readonly timeoutMs: Noted<number> | undefined;
  /** Tries in all of each call. */
  readonly attempts: Noted<number> | undefined;
  /** Calls at once. */
  readonly limit: Noted<number> | undefined;
}

/** Calls for each task; of other protocols than HTTP, the turns of the talk. */
export function callsPerTask({ offered, turn }: EdgeReading, tasks: number): number {
  return (offered > 0 ? offered : turn.count) / tasks;
}

/** Fewer say nothing of what is usual. */
const samplesLeast = 20;

/** Answers that all come after about the same time come after a timeout. */
const sameFactor = 1.5;

/** An attempt in two more than without the fault is a retry, and not chance. */
const moreAttempts = 1.5;

/** By what came of silence: who waits gives up after his timeout, and may try again. */
export function observedPolicy(
  run: BatteryRun,
  { tasks: calmTasks, edges }: CalmReading,
  name: string,
  index: number,
): ObservedPolicy {
  const silence = run.trials.find(
    (it): it is RanTrial => it.status === 'ran' && it.name === 'blackhole' && it.on === name,
  );
  const nothing = { tried: false, timeoutMs: undefined, attempts: undefined, limit: undefined };
  if (silence === undefined || silence.touched < silence.touchedLeast) return nothing;
  const tasks = inTurn(silence.during.map((it) => it.tasks));
  const calm = edges[index]!;
  const attempts = attemptsIn(silence, index, tasks, callsPerTask(calm, calmTasks.offered));
  return {
    tried: true,
    timeoutMs: timeoutIn(tasks, attempts?.value ?? 1),
    attempts,
    limit: limitIn(silence, index, calm.bytesUpstream / calmTasks.offered),
  };
}

function attemptsIn(
  { during }: RanTrial,
  index: number,
  { offered }: LoadReading,
  calls: number,
): Noted<number> | undefined {
  const begun = during.reduce((sum, { edges }) => sum + edges[index]!.offered, 0);
  const each = begun / offered / calls;
  if (begun < samplesLeast || !(each >= moreAttempts)) return undefined;
  const value = Math.round(each);
  return { value, from: `${begun} calls of ${offered} tasks while there was no answer` };
}

function timeoutIn(tasks: LoadReading, attempts: number): Noted<number> | undefined {
  const { latencyFailed } = tasks;
  const answered = latencyFailed.count - unansweredCount(tasks);
  if (answered < samplesLeast || unansweredCount(tasks) > answered / 10) return undefined;
  const half = latencyFailed.quantile(0.5);
  if (latencyFailed.quantile(0.9) > sameFactor * half) return undefined;
  const from = `${answered} tasks failed after about ${Math.round(half)} ms of silence`;
  return { value: Math.round(half / attempts), from };
}

/**
 * Where more tasks wait than there are calls under way, something holds the others back.
 *
 * @param taskBytes what a task sends to the callee where nothing is wrong
 */
function limitIn(
  { during }: RanTrial,
  index: number,
  taskBytes: number,
): Noted<number> | undefined {
  const silent = during.map(({ edges }) => edges[index]!);
  if (isShared(silent, taskBytes)) return undefined;
  const calls = Math.max(...silent.map(mostAtOnce));
  const tasks = Math.max(...during.map((it) => it.tasks.inFlightMax));
  if (calls === 0 || tasks < sameFactor * calls) return undefined;
  return { value: calls, from: `most at once in silence, while ${tasks} tasks waited` };
}

/**
 * Whether calls go on over connections that have had no answer: clients of Redis send all of theirs
 * over one. Then connections do not say how many calls there are at once.
 */
function isShared(silent: readonly EdgeReading[], taskBytes: number): boolean {
  if (silent.some(({ offered, inFlightMax }) => offered > 0 || inFlightMax > 0)) return false;
  const bytes = silent.reduce((sum, it) => sum + it.bytesUpstream, 0);
  const connections = silent.reduce((sum, it) => sum + it.accepted, silent[0]!.connectionsMax);
  return bytes > sameFactor * connections * taskBytes;
}

function mostAtOnce({ offered, inFlightMax, connectionsMax }: EdgeReading): number {
  return offered > 0 || inFlightMax > 0 ? inFlightMax : connectionsMax;
}
