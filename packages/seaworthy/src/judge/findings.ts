import type { Model, Scenario } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { detectBadDeploys } from './findings/bad-deploy.ts';
import { detectBadReplicas } from './findings/bad-replica.ts';
import { detectBlindBreakers } from './findings/blind-breaker.ts';
import { detectCascades } from './findings/cascade.ts';
import { detectDeadRetries } from './findings/dead-retries.ts';
import { detectDriftingLimits } from './findings/drifting-limit.ts';
import { detectExhaustion } from './findings/exhaustion.ts';
import { detectFlappingBreakers } from './findings/flapping-breaker.ts';
import { detectMetastableFailure } from './findings/metastable-failure.ts';
import { detectNormalFallbacks } from './findings/fallback-normal.ts';
import { detectSmallBudgets } from './findings/small-budgets.ts';
import type { Detector, Occurrence } from './findings/occurrence.ts';
import { detectPoisonMessages } from './findings/poison-message.ts';
import { detectRetryStorms } from './findings/retry-storm.ts';
import { detectStampedes } from './findings/stampede.ts';
import { detectThunderingHerds } from './findings/thundering-herd.ts';
import { detectWastedWork } from './findings/wasted-work.ts';
import { type RunView, viewOf } from './findings/view.ts';
import type { Finding } from './verdict.ts';

/**
 * In the order in which they explain each other: findings of equal severity are listed like this.
 */
const detectors: ReadonlyMap<string, Detector> = new Map([
  ['bad-deploy', detectBadDeploys],
  ['bad-replica', detectBadReplicas],
  ['metastable-failure', detectMetastableFailure],
  ['cascade', detectCascades],
  ['stampede', detectStampedes],
  ['thundering-herd', detectThunderingHerds],
  ['retry-storm', detectRetryStorms],
  ['small-budgets', detectSmallBudgets],
  ['fallback-normal', detectNormalFallbacks],
  ['poison-message', detectPoisonMessages],
  ['flapping-breaker', detectFlappingBreakers],
  ['blind-breaker', detectBlindBreakers],
  ['drifting-limit', detectDriftingLimits],
  ['exhaustion', detectExhaustion],
  ['wasted-work', detectWastedWork],
  ['dead-retries', detectDeadRetries],
]);

const kinds = [...detectors.keys()];

const severities = ['critical', 'high', 'medium'] as const;

/** What all detectors find in all replications, worst first. */
export function findingsOf(
  model: Model,
  scenario: Scenario | undefined,
  runs: readonly Run[],
  missed: readonly boolean[],
  command: string,
): readonly Finding[] {
  const seen = new Map<string, { readonly occurrence: Occurrence; readonly run: Run }[]>();
  runs.forEach((run, index) => {
    const view = viewOf(model, scenario, run, missed[index] ?? false);
    const occurrences = [...detectors.values()].flatMap((detect) => detect(view));
    for (const occurrence of occurrences) {
      if (!view.missed && isAbsorbed(view, occurrence)) continue;
      const capped = view.missed ? occurrence : { ...occurrence, severity: 'medium' as const };
      const list = seen.get(occurrence.key) ?? [];
      list.push({ occurrence: capped, run });
      seen.set(occurrence.key, list);
    }
  });
  const found = [...seen.values()].map((list) => findingOf(list, command));
  return found.toSorted(worstFirst).map(({ finding }) => finding);
}

/**
 * A trigger's own effects have gone this long after it; what goes on for longer has another reason.
 */
const afterEffectsMs = 10_000;

/**
 * What happened while a trigger lasted, in a run that met all its objectives, is what its policies
 * are for: pools that fill up, calls that are refused. So is what was over within the time that the
 * file gives to recover. Settings that contradict each other stay a finding, and so does a version
 * that does worse than the old one.
 */
function isAbsorbed(view: RunView, { id, fromMs, toMs }: Occurrence): boolean {
  if (['dead-retries', 'small-budgets', 'bad-deploy', 'blind-breaker'].includes(id)) return false;
  let allowedMs = afterEffectsMs;
  for (const { measure, required } of view.model.objectives) {
    if (measure.kind === 'recovery') allowedMs = Math.max(allowedMs, required);
  }
  return view.triggers.some(
    (trigger) => fromMs >= trigger.fromMs && toMs <= trigger.toMs + allowedMs,
  );
}

interface Ranked {
  readonly finding: Finding;
  readonly effect: number;
}

function worstFirst(left: Ranked, right: Ranked): number {
  return (
    severities.indexOf(left.finding.severity) - severities.indexOf(right.finding.severity) ||
    kinds.indexOf(left.finding.id) - kinds.indexOf(right.finding.id) ||
    right.effect - left.effect
  );
}

/** The replication with the worst severity and the largest effect speaks for all. */
function findingOf(
  list: readonly { readonly occurrence: Occurrence; readonly run: Run }[],
  command: string,
): Ranked {
  const [worst] = list.toSorted(
    (left, right) =>
      severities.indexOf(left.occurrence.severity) -
        severities.indexOf(right.occurrence.severity) ||
      right.occurrence.effect - left.occurrence.effect,
  );
  if (worst === undefined) throw new Error('a finding without an occurrence');
  const { effect, ...occurrence } = worst.occurrence;
  const { seed } = worst.run.header;
  return {
    effect,
    finding: {
      ...occurrence,
      evidence: 'demonstrated',
      sustainingEffect: occurrence.sustainingEffect,
      steps: occurrence.steps ?? [],
      changes: (occurrence.changes ?? []).map((change) => ({
        ...change,
        difference: [],
        tried: undefined,
      })),
      seenIn: list.length,
      seed,
      command: `${command} --seed ${seed}`,
    },
  };
}
