import { finding } from '../../decide.ts';
import { context, count, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

/** What a breaker that is open fails with, and what tells a retry to let it pass. */
const refusals = {
  opossum: { error: 'EOPENBREAKER', passes: "error.code !== 'EOPENBREAKER'" },
  cockatiel: { error: 'BrokenCircuitError', passes: '!isBrokenCircuitError(error)' },
} as const;

export const rt21: Rule = {
  id: 'RT21',
  name: 'retries what the breaker has refused',
  severity: 'medium',
  formula:
    'a retry around a breaker takes each error for a failure, that of the open breaker included',
  why:
    'an open breaker answers at once so that nobody waits; the retry waits all the same, through ' +
    'all of its delays, and asks again what has just refused: callers pile up as without a breaker',
  sources: [
    'https://learn.microsoft.com/en-us/azure/architecture/patterns/circuit-breaker',
    'https://github.com/nodeshift/opossum#readme',
    'https://github.com/connor4312/cockatiel#readme',
  ],
  remedy:
    'Tell the retry to leave that error alone: `shouldRetry` of p-retry, `bail` of async-retry, ' +
    '`handleWhen((error) => !isBrokenCircuitError(error))` of cockatiel.',
  needs: ['source code that makes both, the retry around the breaker'],
  *decide({ code }) {
    for (const use of code) {
      if (use.kind !== 'retried-breaker') continue;
      const { owner, retry, breaker, retries, at } = use;
      const { error, passes } = refusals[breaker];
      yield finding(owner, {
        what:
          retry === breaker
            ? `while its breaker is open, its retry tries again each ${error}`
            : `while the breaker of ${breaker} is open, ${retry} tries again each ${error}`,
        numbers: [
          text('what is retried', { value: `all errors, ${error} too`, origin: at }),
          ...(retries ? [context(count(`retries of ${retry}`, retries))] : []),
        ],
        passes: `a retry with ${passes}`,
        at,
      });
    }
  },
};
