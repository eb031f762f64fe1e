import { durationText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { breakerUses } from '../../edges/breakers.ts';
import { duration, flag } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const cb07: Rule = {
  id: 'CB07',
  name: 'the breaker gives up, and the call goes on',
  severity: 'medium',
  formula: 'timeout of the breaker < timeout of the call, and nothing aborts the call',
  why:
    'the caller has its answer, and the socket, the memory and the work of the callee are held for ' +
    'as long as before: behind a closed door the calls pile up',
  sources: ['https://nodeshift.dev/opossum/#circuitbreaker'],
  remedy: 'Pass an AbortSignal to the call, or give the client a shorter timeout than the breaker.',
  needs: ['the timeouts of breaker and client', 'whether a timeout aborts the call'],
  *decide(landscape) {
    for (const { subject, name, layer, breaker, at } of breakerUses(landscape)) {
      const { timeoutMs: own } = breaker;
      const { abortsOnTimeout: aborts, tryTimeoutMs, timeoutMs } = layer;
      const call = tryTimeoutMs ?? timeoutMs;
      if (own === undefined || aborts?.value !== false || call === undefined) continue;
      if (own.value >= call.value) continue;
      yield finding(subject, {
        what:
          `the breaker waits ${durationText(own.value)} and aborts nothing, and the call goes on ` +
          (call.value === Infinity ? 'for ever' : `for ${durationText(call.value)}`),
        numbers: [
          duration(`timeout of the breaker of ${name}`, own),
          duration(`timeout of ${name}`, call),
          flag(`${name} aborts the call`, aborts),
        ],
        passes: `a timeout of the call below ${durationText(own.value)}, or an abort signal`,
        at: placeOf(own.origin, at),
      });
    }
  },
};
