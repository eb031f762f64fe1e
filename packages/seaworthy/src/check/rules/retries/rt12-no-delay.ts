import { finding, placeOf } from '../../decide.ts';
import { retryingUses } from '../../edges/uses.ts';
import { context, count, duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const rt12: Rule = {
  id: 'RT12',
  name: 'retries without a delay',
  severity: 'medium',
  formula: 'attempts > 1, and a first delay of 0',
  why:
    'whatever made the first attempt fail has not changed when the next is made: all attempts are ' +
    'spent within a moment, at the worst of times',
  sources: [
    'https://dl.acm.org/doi/10.1145/3694715.3695971',
    'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
  ],
  remedy: 'Wait between attempts: 50 ms at first, twice as long each time, with full jitter.',
  needs: ['the attempts and delays of a layer'],
  *decide(landscape) {
    for (const { subject, name, layer, attempts, at } of retryingUses(landscape)) {
      const { backoff } = layer;
      if (backoff === undefined || backoff.baseMs.value > 0) continue;
      yield finding(subject, {
        what: `${layer.who} makes its ${attempts.value} attempts one right after the other`,
        numbers: [
          context(count(`attempts of ${name}`, attempts)),
          duration(`first delay of ${name}`, backoff.baseMs),
        ],
        passes: 'a first delay of 50 ms',
        at: placeOf(backoff.baseMs.origin, at),
      });
    }
  },
};
