import { callEdit } from '../../../model/edit/edits.ts';
import type { Setting } from '../../../model/import/landscape.ts';
import { shareText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { atLeast } from '../../edges/binomial.ts';
import { breakerUses } from '../../edges/breakers.ts';
import { count, share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

/** Of windows, on an ordinary day. */
const falseOpenMax = 1e-3;

/** What a service with an objective of 99.9 % may show on a bad hour. */
const ordinary: Setting<number> = {
  value: 0.01,
  origin: { kind: 'guess', why: 'no trace tells how many calls fail on an ordinary day' },
};

export const cb02: Rule = {
  id: 'CB02',
  name: 'a breaker that opens on noise',
  severity: 'high',
  formula:
    'with n = the least calls of the breaker (1 where it has none) and p = the ordinary share of ' +
    'failures: P[Binomial(n, p) >= n x its threshold] > 0.1 %',
  why:
    'a failure or two among few calls, as every day has them, cut off a callee that is well, and ' +
    'with it everything that needs it',
  sources: ['https://nodeshift.dev/opossum/', 'https://resilience4j.readme.io/docs/circuitbreaker'],
  remedy: 'Judge from 10 calls at least (`volumeThreshold: 10` of opossum), better from 20.',
  needs: ['the threshold and the least calls of a breaker', 'the ordinary share of failures'],
  *decide(landscape) {
    for (const { subject, name, breaker, edge, at } of breakerUses(landscape)) {
      const { failureShare, volume } = breaker;
      if (failureShare === undefined || volume === undefined) continue;
      const errors = edge?.measured?.errorShare ?? ordinary;
      const calls = Math.max(1, volume.value);
      const failures = Math.ceil(calls * failureShare.value);
      const chance = atLeast(failures, calls, errors.value);
      if (chance <= falseOpenMax) continue;
      const enough = enoughCalls(failureShare.value, errors.value);
      yield finding(subject, {
        what:
          `${failures === 1 ? 'one failure' : `${failures} failures`} of ${calls} ` +
          `${calls === 1 ? 'call' : 'calls'} opens it, which happens by chance in ` +
          `${shareText(chance)} of the windows that have no more`,
        numbers: [
          count(`least calls of ${name}`, volume),
          share(`threshold of ${name}`, failureShare),
          share('ordinary failures', errors),
        ],
        passes: `${enough} calls at least`,
        proposed: [callEdit(subject, 'breaker.of', enough)],
        at: placeOf(volume.origin, failureShare.origin, at),
      });
    }
  },
};

function enoughCalls(threshold: number, errors: number): number {
  for (let calls = 2; calls < 1000; calls++) {
    if (atLeast(Math.ceil(calls * threshold), calls, errors) <= falseOpenMax) return calls;
  }
  return 1000;
}
