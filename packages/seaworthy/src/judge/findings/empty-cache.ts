import type { Edge } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { roughShareText } from '../words.ts';
import { cacheIn } from './cache-part.ts';
import { callPath, changeOf } from './change.ts';
import { edgeIn, type Stretch } from './stretch.ts';
import type { SustainingEffect } from './sustaining.ts';
import type { RunView } from './view.ts';

/** A cache that answers half as many as before has lost what it is for. */
const lostHalf = 0.5;

/** What would fill it mostly fails. */
const failsMostly = 0.5;

/** Caches that were lost, and that the overload which came of it keeps empty. */
export function emptyCaches(view: RunView, tail: Stretch): readonly SustainingEffect[] {
  const calmSteps = view.steps.findIndex((step) => step.toMs > (view.calm?.toMs ?? 0));
  if (view.calm === undefined || calmSteps < 1) return [];
  return view.model.edges.flatMap((edge, index) => {
    if (edge.policy.cache === undefined) return [];
    const before = cacheIn(view, index, { from: 0, to: calmSteps });
    const now = cacheIn(view, index, tail);
    const calls = edgeIn(view, index, tail);
    const failed = calls.attemptsFailed / calls.attemptsEnded;
    if (!(now.answeredShare < lostHalf * before.answeredShare) || !(failed >= failsMostly))
      return [];
    const [is, was] = [roughShareText(now.answeredShare), roughShareText(before.answeredShare)];
    const callee = view.model.services[edge.to]?.name;
    return [
      {
        text: `an empty cache: on ${edge.name} it answers ${is} of the calls, and ${roughShareText(failed)} of what would fill it fails`,
        number: `the cache of ${edge.name} answers ${is} (${was} before)`,
        edge: edge.name,
        service: callee,
        change: boundedFilling(view, edge),
      },
    ];
  });
}

/** What the callee takes at once, shared among its callers: then answers come in time, and stay. */
function boundedFilling(view: RunView, edge: Edge): SuggestedChange | undefined {
  if (edge.policy.limit !== undefined) return undefined;
  const { from } = edge;
  const slots = view.model.services[edge.to]!.replicas.reduce((sum, it) => sum + it.concurrency, 0);
  const callers =
    from.kind === 'source'
      ? view.model.sources[from.index]!.clients
      : view.model.services[from.index]!.replicas.length;
  if (!Number.isFinite(slots)) return undefined;
  const each = Math.max(1, Math.floor(slots / callers));
  return changeOf(
    callPath(edge, 'limit'),
    { concurrency: each, queue: { limit: each } },
    'no more is asked for than is answered in time: what is answered is kept, and the cache fills up again',
  );
}
