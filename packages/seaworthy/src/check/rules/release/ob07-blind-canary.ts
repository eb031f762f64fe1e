import type { CanaryStep, Setting } from '../../../model/import/landscape.ts';
import { numberText, shareText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { duration, rate, share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { rateInput, Traffic } from '../../traffic/traffic.ts';

/**
 * To tell twice as many errors from as many, with 5 % of false alarms and 90 % of power, of two
 * Poisson counts: (sqrt(2) - 1) x sqrt(n) >= (1.645 + 1.28) x sqrt(1/2), so n = 25. Errors come in
 * bursts, so four times as many.
 */
const errorsNeeded = 100;

export const ob07: Rule = {
  id: 'OB07',
  name: 'a canary that cannot see twice the errors',
  severity: 'high',
  formula: 'rate x weight x time at that weight x ordinary error share < 100 errors, at every step',
  why: 'a version that fails twice as often passes, and is rolled out to everybody',
  sources: ['https://sre.google/workbook/canarying-releases/'],
  remedy: 'Hold a step longer, give it more of the traffic, or compare something more frequent.',
  needs: ['the steps of a canary', 'the rate and the ordinary errors of its service'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { name, target, steps, analyses, at } of landscape.canaries) {
      const service = landscape.workloads.find((it) => it.name === target)?.serves ?? target;
      if (service === undefined || analyses.length === 0) continue;
      const calls = traffic.into(service);
      const measured = landscape.measured.find((it) => it.service === service);
      if (calls === undefined) yield lacks(name, rateInput);
      else if (measured === undefined) yield lacks(name, 'how many requests fail: traces');
      if (calls === undefined || measured === undefined) continue;
      const seen = stepsSeen(steps).map((step) => ({
        ...step,
        errors:
          (calls.value * step.weight.value * step.pause.value * measured.errorShare.value) / 1000,
      }));
      const best = seen.toSorted((a, b) => b.errors - a.errors)[0];
      if (best === undefined || best.errors >= errorsNeeded) continue;
      yield finding(name, {
        what:
          `the step with ${shareText(best.weight.value)} of the traffic sees ` +
          `${numberText(best.errors)} errors on an ordinary day, and twice as many may be chance`,
        numbers: [
          rate(`calls of ${service}`, calls),
          share(`ordinary errors of ${service}`, measured.errorShare),
          share('weight', best.weight),
          duration('time at this weight', best.pause),
        ],
        passes: `${numberText(errorsNeeded / best.errors)} times as long, or as much of the traffic`,
        at: placeOf(best.pause.origin, at),
      });
    }
  },
};

interface TimedStep {
  readonly weight: Setting<number>;
  readonly pause: Setting<number>;
}

/** Argo writes weight and pause as steps of their own, Flagger as one. */
function stepsSeen(steps: readonly CanaryStep[]): readonly TimedStep[] {
  const seen: TimedStep[] = [];
  let weight: Setting<number> | undefined;
  for (const step of steps) {
    weight = step.weightShare ?? weight;
    if (weight !== undefined && step.pauseMs !== undefined) {
      seen.push({ weight, pause: step.pauseMs });
    }
  }
  return seen;
}
