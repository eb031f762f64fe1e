import { durationText, shareText } from '../../../model/quantity-text.ts';
import { finding, lacks } from '../../decide.ts';
import { edgeName, edgePlace } from '../../edges/edge.ts';
import { attemptPatience } from '../../edges/worst-case.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { shareAbove } from '../../../model/distribution.ts';
import { atShare, latencyInput, latencyOver } from '../../traffic/latency.ts';

const mediumAbove = 0.001;
const highAbove = 0.01;

export const rt10: Rule = {
  id: 'RT10',
  name: 'a timeout within the ordinary',
  severity: 'medium',
  formula:
    'the share of ordinary answers that take longer than the timeout of an attempt: above 0.1 % ' +
    'medium, above 1 % high',
  why:
    'answers that were on their way are thrown away and asked for again, and a little more latency ' +
    'turns that into a retry storm',
  sources: ['https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/'],
  remedy:
    'Choose the share of false timeouts that you accept, such as 0.1 %, and take that quantile.',
  needs: ['the timeout of an attempt', 'the latency of the callee, by quantiles'],
  *decide(landscape) {
    for (const edge of landscape.edges) {
      const patience = attemptPatience(edge);
      if (patience.ms === Infinity) continue;
      const latency = latencyOver(landscape, edge);
      const late = latency && shareAbove(latency.value, patience.ms);
      if (latency === undefined || late === undefined) {
        yield lacks(edgeName(edge), latencyInput);
        continue;
      }
      if (late <= mediumAbove) continue;
      const p999 = atShare(latency.value, 1 - mediumAbove);
      const [shown] = latency.value.filter(({ share }) => share >= 0.99);
      const name = `p${Number(((shown?.share ?? 1) * 100).toPrecision(6))} of ${edge.to}`;
      yield finding(edgeName(edge), {
        severity: late > highAbove ? 'high' : 'medium',
        what:
          `${shareText(late)} of the ordinary answers take longer than the ` +
          `${durationText(patience.ms)} that ${edge.from} waits`,
        numbers: [
          ...patience.numbers,
          ...(shown ? [duration(name, { value: shown.valueMs, origin: latency.origin })] : []),
        ],
        passes:
          p999 === undefined ? 'a longer timeout' : `a timeout of ${durationText(p999)} or more`,
        at: edgePlace(edge, undefined, patience.numbers[0]?.origin),
      });
    }
  },
};
