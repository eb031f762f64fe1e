import type { PolicyLayer } from '../../../model/import/landscape.ts';
import { rateText, shareText } from '../../../model/quantity-text.ts';
import { finding, lacks } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { count, rate, share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { rateInput, Traffic } from '../../traffic/traffic.ts';

/** Below, a few retries a second are all that there can be. */
const leastPerSecond = 10;
/** Envoy's budget is 20 % by default; a quarter more load is what most systems have to spare. */
const shareMax = 0.25;

export const rt03: Rule = {
  id: 'RT03',
  name: 'retries without a budget',
  severity: 'high',
  formula:
    'attempts > 1, no budget, and 10 calls a second or more; or a budget that allows more than 25 %',
  why:
    'while the callee fails, the load on it is multiplied by the attempts for as long as that takes; ' +
    'with a budget of 10 % it is 1.1 times as much',
  sources: [
    'https://sre.google/sre-book/handling-overload/',
    'https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto#config-cluster-v3-circuitbreakers-thresholds-retrybudget',
  ],
  remedy: 'Give the layer that retries a budget of 10 % to 20 % of its calls.',
  needs: ['the attempts and the budget of a layer', 'the rate of the calls'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const edge of landscape.edges) {
      for (const { layer, attempts } of retryingLayers(edge)) {
        const name = layerName(edge, layer);
        const { budget } = layer;
        if (budget !== undefined && budget.share.value > shareMax) {
          yield finding(edgeName(edge), {
            what: `its budget allows ${shareText(budget.share.value)} more load, for as long as it fails`,
            numbers: [share(`budget of ${name}`, budget.share)],
            passes: `a budget of ${shareText(shareMax)} or less; 10 % is usual`,
            at: edgePlace(edge, layer, budget.share.origin),
          });
        }
        if (isBounded(layer)) continue;
        const calls = traffic.over(edge);
        if (calls === undefined) yield lacks(edgeName(edge), rateInput);
        if (calls === undefined || calls.value < leastPerSecond) continue;
        yield finding(edgeName(edge), {
          what:
            `when ${edge.to} fails, ${rateText(calls.value)} become up to ` +
            `${rateText(calls.value * attempts.value)}, and nothing bounds that`,
          numbers: [
            count(`attempts of ${name}`, attempts),
            rate(`calls of ${edgeName(edge)}`, calls),
          ],
          passes: 'a budget of 10 %',
          at: edgePlace(edge, layer, attempts.origin),
        });
      }
    }
  },
};

/** A share of the calls, or, as Envoy has it, a number of retries at once. */
function isBounded({ budget, retriesInFlightMax }: PolicyLayer): boolean {
  return budget !== undefined || (retriesInFlightMax?.value ?? Infinity) < Infinity;
}
