import { callEdit } from '../../../model/edit/edits.ts';
import { rateText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { breakerUses } from '../../edges/breakers.ts';
import { count, duration, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { rateInput, Traffic } from '../../traffic/traffic.ts';

export const cb01: Rule = {
  id: 'CB01',
  name: 'a breaker that can never open',
  severity: 'high',
  formula: 'calls a second of one caller x window < the calls that it must have seen',
  why: 'there is a breaker in the file, and none in the system: it never has enough calls to judge',
  sources: ['https://resilience4j.readme.io/docs/circuitbreaker'],
  remedy: 'Lengthen the window, or judge from fewer calls, or count failures in a row.',
  needs: ['the window and the least calls of a breaker', 'the rate of the calls of one caller'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { subject, name, breaker, edge, at } of breakerUses(landscape)) {
      const { volume, windowMs, consecutive } = breaker;
      if (volume === undefined || windowMs === undefined || edge === undefined) continue;
      if (consecutive !== undefined || volume.value <= 1) continue;
      const calls = traffic.ofEachCaller(edge);
      if (calls === undefined) {
        yield lacks(subject, rateInput);
        continue;
      }
      const seen = (calls.value * windowMs.value) / 1000;
      if (seen >= volume.value) continue;
      const fair = Math.max(1, Math.floor(seen));
      yield finding(subject, {
        what:
          `each caller makes ${rateText(calls.value)}, that is ${Math.floor(seen)} calls in the ` +
          `window, and the breaker wants ${volume.value}`,
        numbers: [
          rate(`calls of one caller over ${subject}`, calls),
          duration(`window of ${name}`, windowMs),
          count(`least calls of ${name}`, volume),
        ],
        passes: `${fair} calls at least, or a longer window`,
        proposed: [callEdit(subject, 'breaker.of', fair)],
        at: placeOf(volume.origin, windowMs.origin, at),
      });
    }
  },
};
