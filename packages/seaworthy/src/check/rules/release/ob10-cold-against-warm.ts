import { finding, placeOf } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const ob10: Rule = {
  id: 'OB10',
  name: 'a fresh canary against a version that has run for days',
  severity: 'medium',
  formula:
    'an analysis compares the canary with the running version, and nothing starts replicas of that ' +
    'version together with the canary',
  why:
    'what has run for days has warm caches, compiled code and open connections, and many more ' +
    'replicas; the canary looks slower without being so, and a real slowdown is taken for the usual',
  sources: [
    'https://spinnaker.io/docs/guides/user/canary/best-practices/#compare-canary-against-baseline-not-against-production',
    'https://argoproj.github.io/argo-rollouts/analysis/kayenta',
  ],
  remedy:
    'Start a baseline with the canary, of the old version and of the same size (an `experiment` ' +
    'step with `specRef: stable`), and compare these two.',
  needs: ['the analyses of a canary, with their arguments and queries'],
  *decide({ canaries }) {
    for (const { name, comparedWith, startsBaseline, at } of canaries) {
      if (comparedWith === undefined || startsBaseline) continue;
      yield finding(name, {
        what: 'its analysis compares a fresh canary with the version that runs already',
        numbers: [text('the running version in the analysis', comparedWith)],
        passes: 'a baseline of the old version that starts with the canary',
        at: placeOf(comparedWith.origin, at),
      });
    }
  },
};
