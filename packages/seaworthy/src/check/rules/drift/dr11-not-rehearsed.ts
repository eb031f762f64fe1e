import { finding } from '../../decide.ts';
import type { PolicyRule } from '../../drift/pair.ts';

/** What people and scripts copy. */
const shownDigits = 16;

export const dr11: PolicyRule = {
  id: 'DR11',
  name: 'the policies are not those that were rehearsed',
  severity: 'high',
  formula:
    'the hash of all effective settings that must be equal between environments is not the one ' +
    'that was given with --rehearsed',
  why:
    'a timeout, retry, probe or version has changed since the rehearsal, so it says nothing of ' +
    'what is about to run',
  sources: ['https://www.usenix.org/conference/osdi20/presentation/sun'],
  remedy:
    'Rehearse it as it is now, or go back to what was rehearsed; `check --against` says what ' +
    'differs.',
  needs: ['the hash that the check of what was rehearsed has printed'],
  *decideHash(hash, rehearsed) {
    if (hash === undefined) {
      yield { kind: 'lacks', subject: 'policies', input: 'any setting that must be equal' };
    } else if (!hash.startsWith(rehearsed.toLowerCase())) {
      const own = hash.slice(0, shownDigits);
      yield finding('policies', {
        what: `the policies are ${own}, and ${rehearsed.slice(0, shownDigits)} were rehearsed`,
        numbers: [],
        passes: 'the policies that were rehearsed, or a rehearsal of these',
        at: undefined,
      });
    }
  },
};
