import { finding, placeOf } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace } from '../../edges/edge.ts';
import { count, share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

/** Of so many failed calls one at least would have been tried again. */
const failuresSeen = 5;

export const ob11: Rule = {
  id: 'OB11',
  name: 'attempts that no trace shows',
  severity: 'info',
  formula:
    'an edge retries, five calls or more have failed in the traces, and none of them has a second ' +
    'attempt',
  why:
    'how many attempts a task takes is the first sign of a retry storm: where it is in no trace, ' +
    'dashboards show more traffic, and nobody knows whose it is',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-request-retries-and-redirects',
  ],
  remedy:
    'Have each attempt make a span of its own with `http.request.resend_count`, or count attempts ' +
    'in the client.',
  needs: ['the attempts of an edge', 'traces of calls of which some have failed'],
  *decide({ edges }) {
    for (const edge of edges) {
      const [retrying] = retryingLayers(edge);
      const { measured } = edge;
      if (retrying === undefined || measured?.errorShare.origin.kind !== 'trace') continue;
      const { errorShare, attemptsPerTask } = measured;
      const failures = Math.round(errorShare.value * measured.errorShare.origin.spans);
      if (failures < failuresSeen || attemptsPerTask.value > 1) continue;
      yield finding(edgeName(edge), {
        what:
          `${retrying.layer.who} tries up to ${retrying.attempts.value} times, and none of ` +
          `${failures} failed calls in the traces was tried again`,
        numbers: [
          count(`attempts of ${edgeName(edge)}`, retrying.attempts),
          share('calls that failed', errorShare),
          count('attempts per task in the traces', attemptsPerTask),
        ],
        passes: 'a span for each attempt, with http.request.resend_count',
        at: placeOf(retrying.attempts.origin) ?? edgePlace(edge, retrying.layer),
      });
    }
  },
};
