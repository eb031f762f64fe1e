import { callEdit } from '../../../model/edit/edits.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { finding, lacks } from '../../decide.ts';
import { edgeName, edgePlace } from '../../edges/edge.ts';
import { worstCase } from '../../edges/worst-case.ts';
import { count, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { slotsOf } from '../../traffic/slots.ts';
import { rateInput, Traffic } from '../../traffic/traffic.ts';

/** No alert, breaker or autoscaler acts sooner. */
const leastSeconds = 3;

export const rt09: Rule = {
  id: 'RT09',
  name: 'a stalled callee fills its caller',
  severity: 'high',
  formula:
    'calls a second of one replica x longest time of a call > its slots, and slots / rate < 3 s; no ' +
    'bulkhead on the edge',
  why:
    'when the callee hangs, all workers of the caller wait for it within seconds, and it fails for ' +
    'all its other users as well',
  sources: [
    'https://en.wikipedia.org/wiki/Little%27s_law',
    'https://sre.google/sre-book/addressing-cascading-failures/',
  ],
  remedy:
    'Limit how many calls to this callee are in flight (a bulkhead), or shorten its timeout, so that ' +
    'the rest of the slots stays free.',
  needs: ['the rate of the calls', 'their timeouts', 'the slots of the caller'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const edge of landscape.edges) {
      const slots = slotsOf(landscape, edge.from);
      if (slots === undefined || slots.value === Infinity) continue;
      const calls = traffic.ofEachCaller(edge);
      if (calls === undefined) {
        yield lacks(edgeName(edge), rateInput);
        continue;
      }
      const isBulkheaded = edge.layers.some(
        ({ inFlightMax }) => (inFlightMax?.value ?? Infinity) < slots.value,
      );
      const { ms, numbers } = worstCase(edge);
      const fullAfterSeconds = slots.value / calls.value;
      const held = (calls.value * ms) / 1000;
      if (isBulkheaded || held <= slots.value || fullAfterSeconds >= leastSeconds) continue;
      // Leaves as many for all else.
      const half = Math.floor(slots.value / 2);
      const most = Math.floor((slots.value / calls.value) * 1000);
      yield finding(edgeName(edge), {
        what:
          `when ${edge.to} hangs, all ${slots.value} slots of a replica of ${edge.from} wait for it ` +
          `after ${durationText(fullAfterSeconds * 1000)}`,
        numbers: [
          count(`slots of a replica of ${edge.from}`, slots),
          rate(`calls of a replica over ${edgeName(edge)}`, calls),
          ...numbers,
        ],
        passes: `a limit below ${slots.value} on the edge, or ${most} ms for all of a call`,
        ...(half > 0 && {
          proposed: [callEdit(edgeName(edge), 'limit', { concurrency: half, queue: { limit: 0 } })],
        }),
        at: edgePlace(edge, undefined, numbers[0]?.origin),
      });
    }
  },
};
