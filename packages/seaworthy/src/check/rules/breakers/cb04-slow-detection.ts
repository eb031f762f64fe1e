import { durationText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { breakerUses } from '../../edges/breakers.ts';
import { attemptPatience } from '../../edges/worst-case.ts';
import { count, duration, rate, share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { slotsOf } from '../../traffic/slots.ts';
import { rateInput, Traffic } from '../../traffic/traffic.ts';

export const cb04: Rule = {
  id: 'CB04',
  name: 'the breaker opens after the caller is full',
  severity: 'high',
  formula:
    'calls a second of one caller x (timeout + threshold x window) > its slots; no bulkhead below them',
  why:
    'when the callee hangs, all workers of the caller wait for it before the breaker has seen enough: ' +
    'what it was to protect is down already',
  sources: ['https://sre.google/sre-book/addressing-cascading-failures/'],
  remedy: 'Limit the calls in flight on the edge, shorten the timeout, or the window.',
  needs: [
    'the window and threshold of a breaker',
    'the rate of the calls',
    'the slots of the caller',
  ],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { subject, name, breaker, edge, at } of breakerUses(landscape)) {
      const { failureShare, windowMs } = breaker;
      if (failureShare === undefined || windowMs === undefined || edge === undefined) continue;
      const patience = attemptPatience(edge);
      const slots = slotsOf(landscape, edge.from);
      if (patience.ms === Infinity || slots === undefined || slots.value === Infinity) continue;
      const isBulkheaded = edge.layers.some(
        ({ inFlightMax }) => (inFlightMax?.value ?? Infinity) < slots.value,
      );
      const calls = traffic.ofEachCaller(edge);
      if (calls === undefined) yield lacks(subject, rateInput);
      if (isBulkheaded || calls === undefined) continue;
      const fullMs = (slots.value / calls.value) * 1000;
      const detectedMs = patience.ms + failureShare.value * windowMs.value;
      // Calls that time out give their slots back: it is never full.
      if (patience.ms <= fullMs) continue;
      yield finding(subject, {
        what:
          `when ${edge.to} hangs, the ${slots.value} slots of ${edge.from} are taken after ` +
          `${durationText(fullMs)}, and the breaker opens after ${durationText(detectedMs)}`,
        numbers: [
          count(`slots of a replica of ${edge.from}`, slots),
          rate(`calls of one caller over ${subject}`, calls),
          ...patience.numbers,
          share(`threshold of ${name}`, failureShare),
          duration(`window of ${name}`, windowMs),
        ],
        passes: `a limit below ${slots.value} on the edge, or a timeout of ${durationText(fullMs)}`,
        at: placeOf(windowMs.origin, at),
      });
    }
  },
};
