import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { edgeName, edgePlace } from '../../edges/edge.ts';
import { worstCase } from '../../edges/worst-case.ts';
import type { Rule } from '../../rule.ts';

/** Longer than any user and most load balancers wait. */
const longestMs = 60_000;

export const nj06: Rule = {
  id: 'NJ06',
  name: 'a timeout of minutes that nobody chose',
  severity: 'high',
  formula: 'the shortest timeout of a call is a default, ends, and is longer than 60 s',
  why:
    'fetch and undici wait 300 s for headers and 300 s for the body: when the callee hangs, each ' +
    'request holds its socket and its memory for ten minutes',
  sources: ['https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md'],
  remedy: 'Pass `signal: AbortSignal.timeout(2_000)`, or set headersTimeout and bodyTimeout.',
  needs: ['the HTTP client of a call, by the lock file', 'the timeouts of its layers'],
  *decide({ edges }) {
    for (const edge of edges) {
      const { ms, numbers } = worstCase(edge);
      const [decisive] = numbers;
      if (decisive?.origin.kind !== 'default' || ms <= longestMs || ms === Infinity) continue;
      yield finding(edgeName(edge), {
        what: `${edge.from} waits up to ${durationText(ms)} for ${edge.to}, by the default of ${decisive.origin.of}`,
        numbers,
        passes: 'a timeout of a few seconds',
        at: edgePlace(edge),
      });
    }
  },
};
