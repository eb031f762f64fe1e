import type { Route } from '../../../model/import/landscape.ts';
import { finding, lacks } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const dr14: Rule = {
  id: 'DR14',
  name: 'a route that leads nowhere, or that nothing takes',
  severity: 'medium',
  formula:
    'a route to a subset that no DestinationRule of its host has; or a route behind one that ' +
    'matches everything',
  why:
    'what is written there is not what happens: requests to an unknown subset fail with 503, and ' +
    'the timeouts and retries of a route that nothing takes are never in effect',
  sources: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
    'https://istio.io/latest/docs/reference/config/analysis/ist0130/',
  ],
  remedy:
    'Add the subset to the DestinationRule of the host, and put the route without a match last.',
  needs: ['the routes of a VirtualService', 'the subsets of the DestinationRule of their hosts'],
  *decide({ routes }) {
    const ofIstio = routes.filter((route) => route.of === 'istio');
    for (const { name, host, subset, subsets } of ofIstio) {
      if (subset === undefined || subsets?.includes(subset.value) === true) continue;
      if (subsets === undefined) {
        yield lacks(name, `the subsets of ${host}: its DestinationRule`);
        continue;
      }
      yield finding(name, {
        what: `it sends requests to the subset ${subset.value} of ${host}, which there is not`,
        numbers: [text(`subset of ${name}`, subset)],
        passes:
          subsets.length === 0
            ? 'no subset, or one that the DestinationRule has'
            : `one of ${[...new Set(subsets)].join(', ')}`,
        at: subset.origin.kind === 'file' ? subset.origin : undefined,
      });
    }
    for (const { route, taker } of untaken(ofIstio)) {
      yield finding(route.name, {
        what: `no request comes to this route: the one at line ${taker.at.line} takes all`,
        numbers: [],
        passes: 'the route without a match as the last one',
        at: route.at,
      });
    }
  },
};

/** Routes behind one of the same object that takes whatever comes. */
function* untaken(
  routes: readonly Route[],
): Generator<{ readonly route: Route; readonly taker: Route }> {
  const takers = new Map<string, Route>();
  const told = new Set<string>();
  for (const route of routes) {
    const object = `${route.at.file}\n${route.name}`;
    const place = `${object}\n${route.at.line}:${route.at.column}`;
    const taker = takers.get(object);
    // Destinations of one route are apart in the list, and at one place.
    const isBehind = taker !== undefined && taker.at.line !== route.at.line;
    if (isBehind && !told.has(place)) yield { route, taker };
    told.add(place);
    if (taker === undefined && !route.matches) takers.set(object, route);
  }
}
