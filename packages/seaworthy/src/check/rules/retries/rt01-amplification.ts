import { callEdit } from '../../../model/edit/edits.ts';
import type { CallEdge } from '../../../model/import/landscape.ts';
import { finding } from '../../decide.ts';
import { attemptsEvidence, attemptsOn, retryingLayers } from '../../edges/attempts.ts';
import { doubtOf, edgeName, edgePlace } from '../../edges/edge.ts';
import { EdgeGraph, heaviestEnds, type HeaviestPath } from '../../edges/graph.ts';
import type { Suspicion } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import type { Severity } from '../../severity.ts';

/*
 * Three tries at each of three levels are 27, the example of the Builders' Library; two levels are
 * 9, and one level with a second try around it is 6.
 */
const criticalAbove = 27;
const highAbove = 10;
const mediumAbove = 4;

export const rt01: Rule = {
  id: 'RT01',
  name: 'attempts multiply along a path',
  severity: 'medium',
  formula:
    'the product of the attempts of all layers on all edges of a path: above 4 medium, above 10 ' +
    'high, above 27 critical',
  why:
    'when the last callee of the path fails, each request becomes so many attempts there, at the ' +
    'moment when it can carry fewest',
  sources: [
    'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
    'https://www.usenix.org/conference/osdi22/presentation/huang-lexiang',
    'https://learn.microsoft.com/en-us/azure/architecture/antipatterns/retry-storm/',
  ],
  remedy:
    'Retry at one level of a path, the one nearest to the failing call, and set the attempts of all ' +
    'others to 1. Where two levels must retry, give both a budget.',
  needs: ['the attempts of each layer on the edges of a path'],
  *decide({ edges }) {
    const graph = new EdgeGraph(edges);
    for (const { callee, path } of heaviestEnds(graph, attemptsOn)) {
      if (path.product > mediumAbove) yield amplification(callee, path);
    }
  },
};

function amplification(callee: string, { product, edges }: HeaviestPath): Suspicion {
  const retrying = edges.filter((edge) => retryingLayers(edge).length > 0);
  const last = retrying.at(-1)!;
  const worst = retryingLayers(last).at(-1)!;
  // Nearest to what fails: one layer that retries is enough.
  const most = Math.min(attemptsOn(last), mediumAbove);
  return finding(callee, {
    severity: severityOf(product),
    what:
      `one request to ${edges[0]!.from} can become ${product} attempts here: ` +
      retrying.map(factorText).join(', '),
    numbers: [...retrying.flatMap(attemptsEvidence), ...edges.flatMap(doubtOf)],
    passes: `attempts of which the product along the path is at most ${mediumAbove}`,
    proposed: retrying.map((edge) =>
      callEdit(edgeName(edge), 'retry.attempts', edge === last ? most : 1),
    ),
    at: edgePlace(last, worst.layer, worst.attempts.origin),
  });
}

function severityOf(product: number): Severity {
  if (product > criticalAbove) return 'critical';
  return product > highAbove ? 'high' : 'medium';
}

/** `productpage -> reviews 6 (application 2 x istio 3)`. */
function factorText(edge: CallEdge): string {
  const layers = retryingLayers(edge);
  const factors = layers.map(({ layer, attempts }) => `${layer.who} ${attempts.value}`);
  const product = attemptsOn(edge);
  return layers.length === 1
    ? `${edgeName(edge)} ${product}`
    : `${edgeName(edge)} ${product} (${factors.join(' x ')})`;
}
