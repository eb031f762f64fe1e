import type { RolloutFault } from '../../model/rollout.ts';
import type { SuggestedChange } from '../verdict.ts';
import { numberText } from '../words.ts';
import { changeOf, changesOf, servicePath } from './change.ts';
import type { RunView } from './view.ts';

/** What makes room for a version, or gets rid of it. */
export function deployChanges(
  view: RunView,
  rollout: RolloutFault,
  harmedAtMs: number,
): readonly SuggestedChange[] {
  return changesOf(
    moreHeap(view, rollout),
    moreReplicas(view, rollout),
    rollback(view, rollout, harmedAtMs),
    gentler(view, rollout),
  );
}

/** As much room for garbage as the old version had. */
function moreHeap(view: RunView, { service, version }: RolloutFault): SuggestedChange | undefined {
  const model = view.model.services[service];
  if (model?.memory === undefined || version.memory <= 1) return undefined;
  const megabytes = Math.ceil((model.memory.heapBytes * version.memory) / 1e7) * 10;
  return changeOf(
    servicePath(model, 'memory.heap'),
    `${megabytes}MB`,
    `the version keeps ${numberText(version.memory)} times as much: with as much more heap it collects garbage as often as the old one`,
  );
}

function moreReplicas(
  view: RunView,
  { service, version }: RolloutFault,
): SuggestedChange | undefined {
  const model = view.model.services[service];
  // An autoscaler has a number of its own.
  if (model === undefined || model.autoscale !== undefined || version.slower <= 1) return undefined;
  const { length } = model.replicas;
  return changeOf(
    servicePath(model, 'replicas'),
    Math.max(length + 1, Math.ceil(length * version.slower)),
    `work that takes ${numberText(version.slower)} times as long needs as many times the replicas`,
  );
}

/** Long enough to see that it is no chance. */
const noticedAfterMs = 10_000;

function rollback(
  view: RunView,
  rollout: RolloutFault,
  harmedAtMs: number,
): SuggestedChange | undefined {
  const path = pathOf(view, rollout);
  if (path === undefined || rollout.backAtMs !== Infinity) return undefined;
  const atS = Math.ceil((harmedAtMs + noticedAfterMs) / 1000);
  return changeOf(
    [...path, 'rollbackAt'],
    `${atS}s`,
    `${noticedAfterMs / 1000} s of harm are seen, and the old version comes back`,
  );
}

function gentler(view: RunView, rollout: RolloutFault): SuggestedChange | undefined {
  const path = pathOf(view, rollout);
  const { unavailable, surge } = rollout;
  if (path === undefined || unavailable.count + unavailable.share === 0) return undefined;
  if (surge.count + surge.share === 0) return undefined;
  return changeOf(
    [...path, 'unavailable'],
    0,
    'no replica goes before another one has taken its place',
  );
}

/** Of a deploy; a canary has an end by itself. */
function pathOf(
  { scenario, model }: RunView,
  rollout: RolloutFault,
): readonly (string | number)[] | undefined {
  const index = scenario?.faults.indexOf(rollout) ?? -1;
  const named = model.scenarios.some((one) => one.name === scenario?.name);
  if (!named || index < 0 || scenario === undefined) return undefined;
  return rollout.text.startsWith('deploy') ? ['scenarios', scenario.name, index] : undefined;
}
