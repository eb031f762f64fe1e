import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { edgeName } from '../../edges/edge.ts';
import type { Rule } from '../../rule.ts';
import { stallNoticedMs, stallOf } from '../../traffic/stall.ts';
import { Traffic } from '../../traffic/traffic.ts';

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
      const stall = stallOf(landscape, traffic, edge);
      if (stall?.kind === 'lacks') yield stall;
      if (stall?.kind !== 'stall' || stall.fullAfterMs >= stallNoticedMs) continue;
      const { slots, fullAfterMs, numbers, passes, proposed, at } = stall;
      yield finding(edgeName(edge), {
        what:
          `when ${edge.to} hangs, all ${slots.value} slots of a replica of ${edge.from} wait for it ` +
          `after ${durationText(fullAfterMs)}`,
        numbers,
        passes,
        ...proposed,
        at,
      });
    }
  },
};
