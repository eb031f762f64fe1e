import type { Model, Scenario } from '../../model/model.ts';
import type { Interval } from '../../signals/run.ts';
import { type Helmsman, steer, type Steering } from '../../simulate/steer.ts';
import { type Ending, EndingWatch, watchedMs } from './ending.ts';
import { type Loop, LoopWalk } from './loop.ts';
import { type Standings, StandingsWatch } from './standings.ts';

/** One run that answers one question. The model is at the load of the question already. */
export interface Probe {
  readonly model: Model;
  readonly seed: number;
  /** Not back after this long is collapsed. */
  readonly horizonMs: number;
  readonly question: Question;
}

export type Question =
  /** Does it stay healthy, from an empty start? */
  | { readonly kind: 'cold'; readonly settleMs: number }
  /** Overloaded until it has collapsed, then at its load again: does it come back? */
  | { readonly kind: 'hot'; readonly sources: readonly number[]; readonly overload: number }
  /** Does it come back once the faults are over? */
  | { readonly kind: 'trigger'; readonly scenario: Scenario; readonly endMs: number }
  /** Load up step by step until it collapses, and down until it comes back. */
  | {
      readonly kind: 'loop';
      readonly sources: readonly number[];
      readonly settleMs: number;
      /** It is left open after so many. */
      readonly requestsMax: number;
    }
  /** Does it hold its objectives, left in peace? */
  | { readonly kind: 'standings'; readonly intervalMs: number; readonly requestsMax: number };

/** Of ending, loop and standings there is the one that was asked for. */
export interface ProbeResult {
  readonly ending: Ending | undefined;
  readonly loop: Loop | undefined;
  readonly standings: Standings | undefined;
  /** What was simulated for it: calls, or their attempts where these are more; and time. */
  readonly requests: number;
  readonly simulatedMs: number;
}

/** Overload that has not broken a system after this long does not break it. */
const forcedMs = 120_000;

/** What is forced into collapse must fail for this long, so that its callers notice. */
const forcedFailingMs = 15_000;

/**
 * From an empty start, a system must still be healthy after this part of the horizon: a minute, of
 * two. Longer would ask another question, how often noise alone tips it: near the threshold, that
 * is only a matter of time.
 */
const heldShare = 0.5;

/** Undefined: stopped before there was an answer. */
export function runProbe(probe: Probe, shouldStop: () => boolean): ProbeResult | undefined {
  const { model, question } = probe;
  const scenario = question.kind === 'trigger' ? question.scenario : undefined;
  const intervalMs = question.kind === 'standings' ? question.intervalMs : watchedMs;
  const answer = answerFor(probe);
  let requests = 0;
  let simulatedMs = 0;
  const ended = steer(
    model,
    { scenario, seed: probe.seed, intervalMs, shouldStop },
    (interval, steering) => {
      // What a cache answers has no attempt, and takes its time as well.
      for (const edge of interval.edges) requests += Math.max(edge.offered, edge.attempts);
      simulatedMs = interval.toMs;
      const isMany = 'requestsMax' in question && requests > question.requestsMax;
      // However many the first interval has: nothing was looked at before it was over.
      const isEnough = isMany && interval.fromMs > 0;
      return answer.helmsman(interval, steering) && !isEnough;
    },
  );
  if (!ended) return undefined;
  return { ...nothing, ...answer.take(), requests, simulatedMs };
}

const nothing = { ending: undefined, loop: undefined, standings: undefined };

interface Answer {
  readonly helmsman: Helmsman;
  readonly take: () => Partial<ProbeResult>;
}

function answerFor(probe: Probe): Answer {
  const { question } = probe;
  switch (question.kind) {
    case 'cold':
      return afterwards(
        { ...probe, horizonMs: probe.horizonMs * heldShare },
        question.settleMs,
        true,
      );
    case 'trigger':
      return afterwards(probe, question.endMs, false);
    case 'hot':
      return afterCollapse(probe, question.sources, question.overload);
    case 'loop': {
      const walk = new LoopWalk(probe.model, question, probe.horizonMs);
      return {
        helmsman: (interval, steering) => walk.step(interval, steering),
        take: () => ({ loop: walk.loop }),
      };
    }
    case 'standings': {
      const watch = new StandingsWatch(probe.model);
      return {
        helmsman: (interval) => watch.step(interval),
        take: () => ({ standings: watch.standings }),
      };
    }
  }
}

function afterwards({ model, horizonMs }: Probe, fromMs: number, hold: boolean): Answer {
  const watch = new EndingWatch(model, horizonMs);
  let ending: Ending | undefined;
  let watching = false;
  return {
    helmsman: (interval) => {
      if (interval.toMs <= fromMs) return true;
      if (!watching) watch.restart(Math.max(fromMs, interval.fromMs), 1);
      watching = true;
      watch.add(interval);
      ending = watch.ending(hold);
      return ending === undefined;
    },
    take: () => ({ ending }),
  };
}

function afterCollapse(
  { model, horizonMs }: Probe,
  sources: readonly number[],
  overload: number,
): Answer {
  const watch = new EndingWatch(model, horizonMs);
  let ending: Ending | undefined;
  let forced = false;
  const setLoad = (steering: Steering, factor: number, atMs: number): void => {
    for (const source of sources) steering.setLoad(source, factor);
    watch.restart(atMs, factor);
  };
  const force = (interval: Interval, steering: Steering): void => {
    if (interval.fromMs === 0) {
      setLoad(steering, overload, interval.toMs);
      return;
    }
    watch.add(interval);
    const broken = watch.health.failingForMs >= forcedFailingMs;
    if (!broken && interval.toMs < forcedMs) return;
    forced = true;
    setLoad(steering, 1, interval.toMs);
  };
  return {
    helmsman: (interval, steering) => {
      if (forced) {
        watch.add(interval);
        ending = watch.ending(false);
      } else {
        force(interval, steering);
      }
      return ending === undefined;
    },
    take: () => ({ ending }),
  };
}
