import type { Distribution, Edge } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, numberText, roughShareText } from '../words.ts';
import { callPath, changeOf, changesOf, fileDuration, roundedDown } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import { edgeIn, longestStretch, serviceIn, spanOf, type Stretch, windowFrom } from './stretch.ts';
import type { RunView } from './view.ts';

/** One call in twenty whose retries the deadline ends or forbids is a setting, not an accident. */
const endedMuch = 0.05;

const callsNeeded = 20;

const atLeastMs = 3000;

/** Beyond ten attempts, or without a limit of them, a plan fits no deadline that people set. */
const plannedAttempts = 10;

/** How the last attempt that is configured fits into the time that its caller gives it. */
interface Plan {
  readonly limitMs: number;
  /** Whose limit that is. */
  readonly limitText: string;
  /** The start of the last attempt, when each before it took its whole timeout and backoff. */
  readonly lastStartMs: number;
  readonly typicalMs: number;
  /** All waiting between the attempts. */
  readonly backoffMs: number;
  /** How many attempts do fit. */
  readonly fitting: number;
}

/**
 * Retries that cannot finish: the deadline passes first, as the settings say and as the run shows.
 */
export function detectDeadRetries(view: RunView): readonly Occurrence[] {
  return view.model.edges.flatMap((edge, index) => {
    const plan = planOf(view, edge, index);
    if (plan === undefined || plan.lastStartMs + plan.typicalMs <= plan.limitMs) return [];
    const flags = view.steps.map((_, step) => {
      const window = windowFrom(view, step);
      const { offered } = edgeIn(view, index, window);
      return offered >= callsNeeded && deadCalls(view, index, window, plan) >= endedMuch * offered;
    });
    const stretch = longestStretch(view, flags, atLeastMs);
    return stretch === undefined ? [] : [deadOf(view, edge, index, stretch, plan)];
  });
}

/**
 * What shows that attempts were in vain. Under the edge's own deadline: attempts that it ended, and
 * retries that it forbade. Under the patience of a caller further up: extra attempts, as far as the
 * service that made them worked for callers that had gone.
 */
function deadCalls(view: RunView, index: number, stretch: Stretch, plan: Plan): number {
  const part = edgeIn(view, index, stretch);
  const edge = view.model.edges[index];
  if (edge === undefined || plan.limitMs === edge.policy.deadlineMs) {
    return part.endedByDeadline + part.stoppedByDeadline;
  }
  const extra = Math.max(0, part.attempts - part.offered);
  return Math.min(extra, serviceIn(view, edge.from.index, stretch).wasted);
}

function planOf(view: RunView, edge: Edge, index: number): Plan | undefined {
  const { retry, timeoutMs, deadlineMs } = edge.policy;
  if (retry === undefined || retry.attempts <= 1 || timeoutMs === undefined) return undefined;
  const outer = impatience(view, edge);
  const limitMs = Math.min(deadlineMs ?? Infinity, outer?.limitMs ?? Infinity);
  if (limitMs === Infinity) return undefined;
  const typicalMs = Math.min(typicalOf(view, edge, index), timeoutMs);
  let startMs = 0;
  let fitting = 1;
  let delayMs = retry.backoff.baseMs;
  const attempts = Math.min(retry.attempts, plannedAttempts);
  for (let attempt = 2; attempt <= attempts; attempt++) {
    startMs += timeoutMs + Math.min(retry.backoff.capMs, delayMs);
    delayMs *= retry.backoff.factor;
    if (startMs + typicalMs <= limitMs) fitting = attempt;
  }
  const own = limitMs === deadlineMs;
  return {
    limitMs,
    limitText: own ? 'its deadline' : `the ${outer?.text ?? ''}`,
    lastStartMs: startMs,
    typicalMs,
    backoffMs: startMs - (attempts - 1) * timeoutMs,
    fitting,
  };
}

/** The most patient caller of the calling service, where none waits longer. */
function impatience(
  view: RunView,
  edge: Edge,
): { readonly limitMs: number; readonly text: string } | undefined {
  if (edge.from.kind !== 'service') return undefined;
  const callers = view.model.edges.filter((caller) => caller.to === edge.from.index);
  const limits = callers.map((caller) => {
    const { timeoutMs = Infinity, deadlineMs = Infinity } = caller.policy;
    const word = timeoutMs <= deadlineMs ? 'timeout' : 'deadline';
    return { limitMs: Math.min(timeoutMs, deadlineMs), text: `${word} of ${caller.name}` };
  });
  return limits.toSorted((left, right) => right.limitMs - left.limitMs)[0];
}

/**
 * What an attempt typically takes: measured in the calm or, without one, what the steps of the
 * callee add up to.
 */
function typicalOf(view: RunView, edge: Edge, index: number): number {
  const calm = view.calmEdges?.[index];
  if (calm !== undefined && calm.attempts > 0) return calm.heldMeanMs;
  const steps = view.model.services[edge.to]?.steps ?? [];
  let typicalMs = 0;
  for (const step of steps) {
    if (step.kind === 'cpu') typicalMs += middleOf(step.demand);
    if (step.kind === 'wait') typicalMs += middleOf(step.time);
  }
  return typicalMs;
}

/** About the median of a distribution: its mean, where that is what the file gives. */
function middleOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.valueMs;
    case 'exponential':
    case 'erlang':
    case 'normal':
      return distribution.meanMs;
    case 'log-normal':
      return distribution.p50Ms;
    case 'uniform':
      return (distribution.fromMs + distribution.toMs) / 2;
    case 'quantiles':
      return distribution.points.find((point) => point.share >= 0.5)?.valueMs ?? 0;
    case 'mixture': {
      const largest = distribution.parts.toSorted((left, right) => right.share - left.share)[0];
      return largest === undefined ? 0 : middleOf(largest.of);
    }
  }
}

function deadOf(
  view: RunView,
  edge: Edge,
  index: number,
  stretch: Stretch,
  plan: Plan,
): Occurrence {
  const part = edgeIn(view, index, stretch);
  const dead = deadCalls(view, index, stretch, plan);
  const { attempts = 1 } = edge.policy.retry ?? {};
  return {
    key: `dead-retries ${edge.name}`,
    id: 'dead-retries',
    title:
      `dead retries on ${edge.name}: ${attempts === Infinity ? 'unlimited' : attempts} attempts are configured, ` +
      `and ${plan.fitting} can finish within ${durationText(plan.limitMs)}`,
    severity: 'medium',
    effect: dead,
    ...spanOf(view, stretch),
    edges: [edge.name],
    services: [view.model.services[edge.to]?.name ?? ''],
    numbers: [
      `the last attempt starts after up to ${durationText(plan.lastStartMs)}, and typically takes ` +
        `${durationText(plan.typicalMs)}: ${plan.limitText} is ${durationText(plan.limitMs)}`,
      `${numberText(dead)} attempts were in vain for it: one for ${roughShareText(dead / part.offered)} of the calls`,
    ],
    changes: changesOf(fittingChange(edge, plan)),
  };
}

/**
 * A shorter timeout keeps all attempts where it leaves the typical attempt its time; otherwise
 * fewer attempts.
 */
function fittingChange(edge: Edge, plan: Plan): SuggestedChange | undefined {
  const { retry, hedge } = edge.policy;
  const attempts = retry?.attempts ?? 1;
  const timeout = roundedDown((plan.limitMs - plan.backoffMs) / attempts);
  // Three times the typical time, so that the slow tail of healthy answers still fits.
  if (attempts <= plannedAttempts && timeout >= 3 * plan.typicalMs && plan.typicalMs > 0) {
    return changeOf(
      callPath(edge, 'timeout'),
      fileDuration(timeout),
      `${attempts} attempts and their backoff then fit into ${durationText(plan.limitMs)}`,
    );
  }
  // A hedge takes one of the attempts.
  const fewest = Math.max(plan.fitting, hedge === undefined ? 1 : 2);
  if (fewest >= attempts) return undefined;
  return changeOf(
    callPath(edge, 'retry.attempts'),
    fewest,
    `what comes after cannot finish within ${durationText(plan.limitMs)}: it is load and nothing else`,
  );
}
