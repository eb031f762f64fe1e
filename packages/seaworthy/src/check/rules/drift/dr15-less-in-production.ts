import { evidenceText } from '../../evidence.ts';
import { finding } from '../../decide.ts';
import { compared, type Twin } from '../../drift/compare.ts';
import type { PairRule } from '../../drift/pair.ts';
import { bothOf, bothText, twinPlace } from '../../drift/words.ts';

export const dr15: PairRule = {
  id: 'DR15',
  name: 'production has less than what was rehearsed',
  severity: 'medium',
  formula: 'replicas, an upper limit of them, or a limit of CPU or memory is lower there than here',
  why: 'the rehearsal has passed with resources that production has not',
  sources: ['https://12factor.net/dev-prod-parity'],
  remedy: 'Rehearse with no more than production has for each of its replicas, or give it as much.',
  needs: ['replicas and limits of both environments'],
  *decideBetween(pair) {
    for (const twin of compared(pair).twins) {
      if (!isResource(twin) || Number(twin.there.value) >= Number(twin.here.value)) continue;
      yield finding(`${twin.subject}: ${twin.name}`, {
        what: bothText(twin, pair),
        numbers: bothOf(twin, pair),
        passes: `at least ${evidenceText(twin.here)} in ${pair.there.name}`,
        at: twinPlace(twin),
      });
    }
  },
};

const resources = new Set(['replicas', 'replicas at most', 'CPU limit', 'memory limit']);

function isResource({ name, here, there }: Twin): boolean {
  if (!resources.has(name)) return false;
  // A default of one replica was chosen by nobody, here or there.
  return here.origin.kind === 'file' || there.origin.kind === 'file';
}
