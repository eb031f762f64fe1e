import { durationText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { delaysMs } from '../../edges/backoff.ts';
import { retryingUses } from '../../edges/uses.ts';
import { count, duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

/** Nobody who asked waits for longer. */
const longestMs = 60_000;

export const rt13: Rule = {
  id: 'RT13',
  name: 'retries that go on when nobody waits any more',
  severity: 'high',
  formula:
    'no timeout for all attempts, and either no end of them, or delays of more than 60 s in all',
  why:
    'the caller has long gone while its call is still being tried, and what piles up of such calls ' +
    'comes down on the callee when it is back',
  sources: [
    'https://dl.acm.org/doi/10.1145/3694715.3695971',
    'https://github.com/sindresorhus/p-retry',
  ],
  remedy: 'Give the call a deadline, and a number of attempts that fits into it.',
  needs: ['the attempts, delays and timeout of a layer'],
  *decide(landscape) {
    for (const { subject, name, layer, edge, attempts, at } of retryingUses(landscape)) {
      const delays = delaysMs(layer);
      const outer = edge?.layers.slice(0, edge.layers.indexOf(layer) + 1) ?? [layer];
      const isEnded = outer.some(({ timeoutMs }) => (timeoutMs?.value ?? Infinity) < Infinity);
      if (isEnded || delays <= longestMs) continue;
      const { backoff, timeoutMs } = layer;
      const often = attempts.value === Infinity ? 'for ever' : `${attempts.value} times`;
      const long =
        delays === Infinity ? '' : `, which takes ${durationText(delays)} of delays alone`;
      yield finding(subject, {
        what: `${layer.who} tries ${often}${long}`,
        numbers: [
          count(`attempts of ${name}`, attempts),
          ...(backoff ? [duration(`first delay of ${name}`, backoff.baseMs)] : []),
          ...(timeoutMs ? [duration(`timeout of ${name}`, timeoutMs)] : []),
        ],
        passes: 'a timeout for all attempts, or delays of 60 s in all at most',
        at: placeOf(attempts.origin, at),
      });
    }
  },
};
