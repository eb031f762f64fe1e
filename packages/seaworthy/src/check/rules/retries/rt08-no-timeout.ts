import type { CallEdge, PolicyLayer } from '../../../model/import/landscape.ts';
import { finding } from '../../decide.ts';
import { edgeName, edgePlace } from '../../edges/edge.ts';
import { worstCase } from '../../edges/worst-case.ts';
import { duration, text } from '../../evidence.ts';
import type { Evidence } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

export const rt08: Rule = {
  id: 'RT08',
  name: 'a call that nothing ends',
  severity: 'critical',
  formula:
    'no layer of the edge has a finite timeout, and at least one says that it has none (high, and ' +
    'a guess, where only proxies say so and no file shows what the caller calls with)',
  why:
    'when the callee hangs, so does every request that calls it, until the caller has no worker ' +
    'or connection left for anything else',
  sources: [
    'https://sre.google/sre-book/addressing-cascading-failures/',
    'https://nodejs.org/api/http.html#httprequesturl-options-callback',
  ],
  remedy: 'Set a timeout in the layer nearest to the call, above the p99.9 of a healthy answer.',
  needs: ['the timeouts of all layers of an edge'],
  *decide({ edges }) {
    for (const edge of edges) {
      const absent = absentTimeouts(edge);
      if (absent.length === 0 || worstCase(edge).ms < Infinity) continue;
      const isKnown = edge.layers.some(isOfCaller);
      yield finding(edgeName(edge), {
        severity: edge.optional?.value === true || !isKnown ? 'high' : 'critical',
        what: isKnown
          ? `${edge.from} waits for ${edge.to} for ever`
          : `nothing on the way from ${edge.from} to ${edge.to} ends a call, unless its client does`,
        numbers: isKnown ? absent : [...absent, unknownClient(edge)],
        passes: 'any finite timeout; 1 s is a usual first choice',
        at: edgePlace(edge),
      });
    }
  },
};

/** What the caller itself does, where files say it: a mesh knows nothing of that. */
function isOfCaller({ kind }: PolicyLayer): boolean {
  return kind === 'application' || kind === 'library';
}

function unknownClient({ from }: CallEdge): Evidence {
  const origin = { kind: 'guess', why: `no file says what ${from} calls with` } as const;
  return text(`timeout of the client of ${from}`, { value: 'unknown', origin });
}

/** What says that it has no timeout. A layer that says nothing of one is no evidence. */
function absentTimeouts(edge: CallEdge): readonly Evidence[] {
  return edge.layers.flatMap(({ who, timeoutMs, tryTimeoutMs }) => {
    const timeouts = [timeoutMs, tryTimeoutMs].filter((it) => it !== undefined);
    const [first] = timeouts;
    return first === undefined ? [] : [duration(`timeout of ${who}`, first)];
  });
}
