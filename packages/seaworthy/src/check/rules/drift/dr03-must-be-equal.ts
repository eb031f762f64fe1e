import { evidenceText } from '../../evidence.ts';
import { finding, placeOf } from '../../decide.ts';
import { compared, type Single, type Twin } from '../../drift/compare.ts';
import { equalityOf } from '../../drift/equal.ts';
import type { Pair, PairRule } from '../../drift/pair.ts';
import { bothOf, bothText, evidenceOf, twinPlace } from '../../drift/words.ts';
import type { Suspicion } from '../../finding.ts';

export const dr03: PairRule = {
  id: 'DR03',
  name: 'a policy differs between environments',
  severity: 'high',
  formula:
    'a timeout, retry, budget, breaker, probe, grace period, protocol, or a major version of Node, ' +
    'a library or the mesh is not the same in both; texts that mean the same are the same',
  why: 'what was rehearsed is another system than the one that runs in production',
  sources: [
    'https://12factor.net/dev-prod-parity',
    'https://www.usenix.org/conference/osdi20/presentation/sun',
  ],
  remedy:
    'Make them equal: keep policies in one place that all environments share, and only what must ' +
    'differ in their own.',
  needs: ['the effective settings of both environments'],
  *decideBetween(pair) {
    const { twins, singles } = compared(pair);
    for (const twin of twins) {
      if (twin.here.kind !== 'equal') continue;
      const equality = equalityOf(twin);
      if (equality === 'different' || equality === 'version') yield different(twin, pair);
    }
    for (const single of singles) {
      if (single.isAlone || single.values.some(({ kind }) => kind === 'equal')) {
        yield oneSided(single, pair);
      }
    }
  },
};

function different(twin: Twin, pair: Pair): Suspicion {
  return finding(`${twin.subject}: ${twin.name}`, {
    what: bothText(twin, pair),
    numbers: bothOf(twin, pair),
    passes: `the same in both: what is rehearsed with ${evidenceText(twin.there)} holds there`,
    at: twinPlace(twin),
  });
}

/** More of a part that is missing as a whole say nothing new. */
const numbersShown = 3;

function oneSided(
  { subject, part, side, values, isAlone }: Single,
  { here, there }: Pair,
): Suspicion {
  const other = side === here ? there : here;
  const what = isAlone ? subject : part;
  const written = values.filter(({ origin }) => origin.kind === 'file');
  const shown = written.length > 0 ? written : values;
  return finding(isAlone ? subject : `${subject}: ${part}`, {
    severity: 'medium',
    what: `it exists in ${side.name} and not in ${other.name}`,
    numbers: shown.slice(0, numbersShown).map((value) => evidenceOf(value, side)),
    passes: `${what} in both, or in neither`,
    at: placeOf(...values.map(({ origin }) => origin)),
  });
}
