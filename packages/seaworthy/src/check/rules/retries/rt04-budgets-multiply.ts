import type { CallEdge } from '../../../model/import/landscape.ts';
import { numberText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { EdgeGraph, heaviestEnds } from '../../edges/graph.ts';
import { share } from '../../evidence.ts';
import type { Evidence } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

/** Half as much load again is more than most last services of a path have to spare. */
const productMax = 1.5;

export const rt04: Rule = {
  id: 'RT04',
  name: 'budgets multiply along a path',
  severity: 'medium',
  formula: 'the product of (1 + budget) over the edges of a path > 1.5',
  why: 'each level may add its share to what the level above has added already',
  sources: ['https://sre.google/sre-book/addressing-cascading-failures/'],
  remedy: 'Retry at fewer levels of the path, or with smaller budgets.',
  needs: ['the retry budgets on the edges of a path'],
  *decide({ edges }) {
    for (const { callee, path } of heaviestEnds(new EdgeGraph(edges), budgetOn)) {
      const budgeted = path.edges.filter((edge) => budgetOn(edge) > 1);
      const last = budgeted.at(-1);
      // One alone is a matter of RT03.
      if (path.product <= productMax || budgeted.length < 2 || last === undefined) continue;
      yield finding(callee, {
        what:
          `the budgets on the way from ${budgeted[0]!.from} allow ${numberText(path.product)} times ` +
          `the load here: ${budgeted.map(factorText).join(', ')}`,
        numbers: budgeted.flatMap(budgetEvidence),
        passes: `budgets of which the product of (1 + share) is at most ${productMax}`,
        at: edgePlace(last, undefined, budgetEvidence(last)[0]?.origin),
      });
    }
  },
};

/** 1 + share, of each layer that has a budget for its retries. */
function budgetOn(edge: CallEdge): number {
  return retryingLayers(edge).reduce(
    (product, { layer }) => product * (1 + (layer.budget?.share.value ?? 0)),
    1,
  );
}

function budgetEvidence(edge: CallEdge): readonly Evidence[] {
  return retryingLayers(edge).flatMap(({ layer }) =>
    layer.budget === undefined
      ? []
      : [share(`budget of ${layerName(edge, layer)}`, layer.budget.share)],
  );
}

function factorText(edge: CallEdge): string {
  return `${edgeName(edge)} ${numberText(budgetOn(edge))}`;
}
