import { originText } from '../../../model/import/landscape/origin-text.ts';
import { rateText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { capacityOf } from '../../traffic/capacity.ts';

export const ov02: Rule = {
  id: 'OV02',
  name: 'a rate limit above what the service carries',
  severity: 'medium',
  formula: 'requests a second that one proxy lets through > capacity of all replicas behind it',
  why:
    'the service is overloaded long before the limit refuses anything: it looks like protection, and ' +
    'is none',
  sources: [
    'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/local_rate_limit_filter',
    'https://sre.google/sre-book/handling-overload/',
  ],
  remedy:
    'Set it below the capacity, divided by the number of proxies, and measure that again after each ' +
    'release; or limit the requests in flight, which follows the service by itself.',
  needs: [
    'the local rate limit of an Envoy',
    'the capacity of the service behind it, by the steps and slots of a seaworthy.yaml',
  ],
  *decide(landscape) {
    const said = new Set<string>();
    for (const { host, name, at, ratePerSecondMax: limit } of landscape.routes) {
      // `payments` of `payments.shop.svc.cluster.local`.
      const [short = host] = host.split('.');
      const capacity = capacityOf(landscape, host) ?? capacityOf(landscape, short);
      if (limit === undefined || capacity === undefined || limit.value <= capacity.value) continue;
      // Routes of one listener share its limit.
      const id = `${short} ${originText(limit.origin)}`;
      if (said.has(id)) continue;
      said.add(id);
      yield finding(short, {
        what:
          `its proxy lets ${rateText(limit.value)} through, and all of its replicas together carry ` +
          rateText(capacity.value),
        numbers: [
          rate(`rate limit of the route to ${name}`, limit),
          rate(`capacity of ${short}`, capacity),
        ],
        passes: `a rate limit below ${rateText(capacity.value)}`,
        at: placeOf(limit.origin, at),
      });
    }
  },
};
