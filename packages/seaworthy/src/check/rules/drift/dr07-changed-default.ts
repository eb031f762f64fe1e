import type { Origin } from '../../../model/import/landscape.ts';
import { evidenceText } from '../../evidence.ts';
import { finding } from '../../decide.ts';
import { compared } from '../../drift/compare.ts';
import { equalityOf } from '../../drift/equal.ts';
import type { PairRule } from '../../drift/pair.ts';
import { bothOf, bothText } from '../../drift/words.ts';

export const dr07: PairRule = {
  id: 'DR07',
  name: 'the same text means something else',
  severity: 'high',
  formula:
    'nobody has set a value in either environment, and the versions of the runtime, library or ' +
    'mesh there fill in another one',
  why:
    'no comparison of files shows it: the files are the same, and the connections of one ' +
    'environment live thirteen times as long as those of the other',
  sources: [
    'https://github.com/nodejs/node/pull/62782',
    'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry',
  ],
  remedy: 'Set the value, so that it is the same whatever runs; or run the same version in both.',
  needs: ['the exact versions of the runtime and the libraries in both environments'],
  *decideBetween(pair) {
    for (const twin of compared(pair).twins) {
      if (twin.here.kind === 'differ' || equalityOf(twin) !== 'effective') continue;
      const { here, there } = twin;
      yield finding(`${twin.subject}: ${twin.name}`, {
        what: `${bothText(twin, pair)}, and nobody set it: ${versions(here.origin, there.origin)}`,
        numbers: bothOf(twin, pair),
        passes: `${evidenceText(there)} written down in both, or the same version`,
        at: undefined,
      });
    }
  },
};

function versions(here: Origin, there: Origin): string {
  return `the default of ${nameOf(here)}, and of ${nameOf(there)}`;
}

function nameOf(origin: Origin): string {
  return origin.kind === 'default' ? origin.of : '';
}
