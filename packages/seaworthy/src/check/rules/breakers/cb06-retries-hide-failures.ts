import { shareText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { breakerUses } from '../../edges/breakers.ts';
import { count, flag, share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

/** Half of all attempts fail: when a breaker is most wanted. */
const failing = 0.5;

export const cb06: Rule = {
  id: 'CB06',
  name: 'retries hide failures from the breaker',
  severity: 'high',
  formula: 'breaker around the retries, and 0.5 ^ attempts < its threshold',
  why:
    'the breaker sees calls, and a call fails only when all its attempts do: while half of the ' +
    'attempts fail it stays closed, and the callee gets all of the retries',
  sources: [
    'https://learn.microsoft.com/en-us/azure/architecture/patterns/circuit-breaker',
    'https://resilience4j.readme.io/docs/getting-started-3',
  ],
  remedy: 'Put the breaker within the retries, so that it sees each attempt.',
  needs: ['the order of breaker and retries', 'the attempts', 'the threshold'],
  *decide(landscape) {
    for (const { subject, name, layer, breaker, at } of breakerUses(landscape)) {
      const { outsideRetry, failureShare } = breaker;
      const { attempts } = layer;
      if (outsideRetry?.value !== true || failureShare === undefined) continue;
      if (attempts === undefined || attempts.value <= 1) continue;
      const seen = failing ** attempts.value;
      if (seen >= failureShare.value) continue;
      yield finding(subject, {
        what:
          `when half of the attempts fail, ${shareText(seen)} of the calls do, and the breaker opens ` +
          `at ${shareText(failureShare.value)}`,
        numbers: [
          flag(`${name} has its breaker around the retries`, outsideRetry),
          count(`attempts of ${name}`, attempts),
          share(`threshold of ${name}`, failureShare),
        ],
        passes: 'a breaker within the retries',
        at: placeOf(outsideRetry.origin, at),
      });
    }
  },
};
