import type { BudgetSettings } from '@seaworthy/policy/engine';

import type { Edge } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, numberText, rateText, roughShareText, shareText } from '../words.ts';
import { callersOf } from './callers.ts';
import { callPath, changeOf, changesOf, roundedDown } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import type { EdgePart } from './part.ts';
import { edgeIn, harmedIn, longestStretch, spanOf, type Stretch, windowFrom } from './stretch.ts';
import type { RunView } from './view.ts';

/** Fewer calls in five seconds make no load. */
const callsNeeded = 20;

/** Fewer extra attempts than one for four tasks are not what brings a callee down. */
const extraLeast = 0.25;

/** And at least so many times what the share alone would allow. */
const aboveShare = 2;

const atLeastMs = 5000;

/** One budget for all would have allowed less by this factor: the rest is for their number. */
const aboveShared = 1.5;

/**
 * A budget for each of many callers, that together allow far more than the one number says: each
 * has a floor of its own, or a bucket that is full at the start.
 */
export function detectSmallBudgets(view: RunView): readonly Occurrence[] {
  return view.model.edges.flatMap((edge, index) => {
    const budget = edge.policy.retry?.budget;
    const callers = callersOf(view.model, edge);
    if (budget === undefined || edge.budgetShared || callers < 2) return [];
    const flags = view.steps.map((_, step) => isBeyond(view, index, budget, step));
    const stretch = longestStretch(view, flags, atLeastMs);
    if (stretch === undefined) return [];
    const part = edgeIn(view, index, stretch);
    const allowed = allowedTogether(budget, part);
    if (part.attempts - part.offered < aboveShared * allowed) return [];
    return [occurrenceOf(view, { edge, budget, callers, stretch, part, allowed })];
  });
}

interface Found {
  readonly edge: Edge;
  readonly budget: BudgetSettings;
  readonly callers: number;
  readonly stretch: Stretch;
  readonly part: EdgePart;
  /** Extra attempts that one budget for all callers would have allowed. */
  readonly allowed: number;
}

function isBeyond(view: RunView, edge: number, budget: BudgetSettings, step: number): boolean {
  const least = Math.max(extraLeast, aboveShare * budget.share);
  const now = view.edges[edge]?.[step];
  // The window looks ahead: this second has extra attempts of its own.
  if (now === undefined || now.attempts < now.offered * (1 + least)) return false;
  const part = edgeIn(view, edge, windowFrom(view, step));
  return part.offered >= callsNeeded && part.attempts >= part.offered * (1 + least);
}

/**
 * What one budget for all would have allowed in this time: at its beginning all that has come
 * together in the window before it, or a full bucket.
 */
function allowedTogether(budget: BudgetSettings, part: EdgePart): number {
  const { share, floorPerSecond, bucketTokens } = budget;
  if (bucketTokens !== undefined) {
    return share * part.offered + floorPerSecond * part.seconds + bucketTokens;
  }
  const withinS = budget.withinMs / 1000;
  const tasks = part.offered * (1 + withinS / part.seconds);
  return share * tasks + floorPerSecond * (part.seconds + withinS);
}

function occurrenceOf(view: RunView, found: Found): Occurrence {
  const { edge, stretch, part } = found;
  const isForLoad = part.attemptsFailedByLoad >= part.attemptsFailed / 2;
  const callee = view.model.services[edge.to]?.name ?? '';
  const meant = shareText(found.budget.share);
  const density = numberText(part.attemptsPerTask);
  return {
    key: `small-budgets ${edge.name}`,
    id: 'small-budgets',
    title: `small budgets on ${edge.name}: ${density} attempts per task, where ${meant} more was meant`,
    severity: isForLoad && harmedIn(view, stretch) ? 'high' : 'medium',
    effect: part.attempts - part.offered - found.allowed,
    ...spanOf(view, stretch),
    edges: [edge.name],
    services: [callee],
    numbers: numbersOf(found),
    changes: changesOf(sharedChange(found), floorChange(found)),
  };
}

function numbersOf({ budget, callers, part, allowed }: Found): readonly string[] {
  const { bucketTokens, floorPerSecond } = budget;
  const extra = part.attempts - part.offered;
  const each =
    bucketTokens === undefined
      ? `a floor of ${rateText(floorPerSecond)} each: together ${rateText(callers * floorPerSecond)}`
      : `a full bucket of ${numberText(bucketTokens)} each: together ${numberText(callers * bucketTokens)} retries before any of them is empty`;
  return [
    `${rateText(extra / part.seconds)} extra attempts over ${durationText(part.seconds * 1000)}, where one budget for all allows ${rateText(allowed / part.seconds)}`,
    `${numberText(callers)} callers with ${each}`,
    `${roughShareText(part.attemptsFailed / part.attemptsEnded)} of the attempts failed`,
  ];
}

function sharedChange({ edge, part, allowed }: Found): SuggestedChange {
  return changeOf(
    callPath(edge, 'retry.budget.shared'),
    true,
    `one budget for the whole fleet allows ${rateText(allowed / part.seconds)}`,
  );
}

/** Where the callers cannot share: a floor that all of them together may have. */
function floorChange({ edge, budget, callers }: Found): SuggestedChange | undefined {
  if (budget.bucketTokens !== undefined || budget.floorPerSecond === 0) return undefined;
  const floor = roundedDown(budget.floorPerSecond / callers);
  return changeOf(
    callPath(edge, 'retry.budget.floor'),
    `${floor}/s`,
    `${numberText(callers)} floors of this are the ${rateText(budget.floorPerSecond)} that was meant`,
  );
}
