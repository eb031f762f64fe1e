import { durationText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { breakerUses } from '../../edges/breakers.ts';
import { attemptPatience } from '../../edges/worst-case.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const cb03: Rule = {
  id: 'CB03',
  name: 'a window that ends before its calls do',
  severity: 'high',
  formula: 'window of the breaker < 2 x timeout of an attempt',
  why:
    'when the callee hangs, timeouts arrive after the window that they belong to: it sees few calls, ' +
    'or the failures of another time',
  sources: ['https://github.com/zeromicro/go-zero/issues/5011'],
  remedy: 'Make the window at least twice as long as the timeout of an attempt.',
  needs: ['the window of a breaker', 'the timeout of an attempt'],
  *decide(landscape) {
    for (const { subject, name, breaker, edge, at } of breakerUses(landscape)) {
      const { windowMs } = breaker;
      if (windowMs === undefined || edge === undefined) continue;
      const patience = attemptPatience(edge);
      if (patience.ms === Infinity || windowMs.value >= 2 * patience.ms) continue;
      yield finding(subject, {
        what:
          `the breaker looks at the last ${durationText(windowMs.value)}, and an attempt may take ` +
          durationText(patience.ms),
        numbers: [duration(`window of ${name}`, windowMs), ...patience.numbers],
        passes: `a window of ${durationText(2 * patience.ms)} or more`,
        at: placeOf(windowMs.origin, at),
      });
    }
  },
};
