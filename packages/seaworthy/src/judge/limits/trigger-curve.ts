import { power } from '@seaworthy/policy/engine';

import type { Scenario } from '../../model/model.ts';
import type { Campaign } from './campaign.ts';
import type { TriggerResult } from './result.ts';
import { type FoundThreshold, findThreshold } from './threshold.ts';
import { type SizeKind, type Trigger, triggerOf } from './trigger.ts';

/** Of the search, in times of the size that the file has. */
const sizes = { from: 1 / 8, to: 8, least: 1 / 64, most: 16 } as const;

/** Half the width of the interval to come to: a trigger need not be known as sharply as a load. */
const precision = 0.1;
const runsMax = 80;

/** Runs at the size of the file. */
const asWrittenRuns = 6;

/** Beyond the middle, a curve that comes down again would show here. */
const beyond = [2, 5] as const;

/** The curve is told at so many sizes. */
const curvePoints = 81;

export interface FoundTrigger {
  readonly result: TriggerResult;
  readonly found: FoundThreshold | undefined;
}

/** P(collapse | size) for the trigger of a scenario, at the load of the model. */
export async function triggerCurve(
  campaign: Campaign,
  scenario: Scenario | undefined,
  kind: SizeKind,
  given: { readonly place: number; readonly weight: number; readonly requestsMax: number },
): Promise<FoundTrigger> {
  const { model, axis, horizonMs } = campaign;
  const { place, weight, requestsMax } = given;
  const trigger = triggerOf(model, axis, scenario, kind);
  const part = campaign.part(`what tips it: ${trigger.name}`, place, weight);
  if ('why' in trigger) {
    part.advance(1);
    return { result: skippedTrigger(trigger.name, kind, trigger.why), found: undefined };
  }
  const found = await findThreshold(part, {
    settings: { ...sizes, precision, runsMax, known: [] },
    horizonMs,
    requestsMax,
    of: (size) => [model, questionOf(trigger, size)] as const,
    beyond,
    also: { size: 1, times: asWrittenRuns },
  });
  return { result: resultOf(trigger, found), found };
}

export function skippedTrigger(name: string, kind: SizeKind, why: string): TriggerResult {
  return {
    name,
    texts: [],
    kind,
    durationMs: undefined,
    tipsAt: { kind: 'unknown', runs: 0 },
    asWritten: undefined,
    curve: [],
    observed: [],
    skipped: why,
  };
}

function questionOf(trigger: Trigger, size: number) {
  return { kind: 'trigger', scenario: trigger.at(size), endMs: trigger.endMs(size) } as const;
}

function resultOf(
  trigger: Trigger,
  { threshold, trials, posterior }: FoundThreshold,
): TriggerResult {
  const observed = trials
    .map(({ size, collapsed }) => ({ size, collapsed }))
    .toSorted((a, b) => a.size - b.size);
  const from = observed[0]?.size ?? 1;
  const to = observed.at(-1)?.size ?? 1;
  const curve =
    posterior === undefined
      ? []
      : Array.from({ length: curvePoints }, (_, index) => {
          const size = from * power(to / from, index / (curvePoints - 1));
          return { size, probability: posterior.at(size) };
        });
  const { name, texts, kind, durationMs } = trigger;
  return {
    name,
    texts,
    kind,
    durationMs,
    tipsAt: threshold,
    asWritten: posterior?.at(1),
    curve,
    observed,
    skipped: undefined,
  };
}
