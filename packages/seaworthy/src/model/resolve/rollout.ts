import type { Amount, Rollout } from '../lifecycle.ts';
import type { Distribution, Service } from '../model.ts';
import { atLeast, paceOf } from '../rollout.ts';
import type { FaultEntry } from '../schema/scenario.ts';

type RolloutEntry = Extract<FaultEntry, { deploy: string } | { canary: string }>;

/** The whole service. */
const all: Amount = { count: 0, share: 1 };

/** A deploy or a canary, and how long it should take. */
export function resolveRollout(
  entry: RolloutEntry,
  index: number,
  services: readonly Service[],
): Rollout & { readonly forMs: number } {
  const isCanary = 'canary' in entry;
  const backAtMs = isCanary ? entry.at + entry.for : (entry.rollbackAt ?? Infinity);
  const rollout: Rollout = {
    kind: 'rollout',
    service: index,
    replicas: isCanary ? entry.replicas : all,
    version: {
      slower: entry.version.slower,
      memory: entry.version.memory,
      leakBytes: entry.version.leak,
      failShare: entry.version.fails,
    },
    surge: entry.surge,
    unavailable: entry.unavailable,
    minReadyMs: entry.minReady,
    backAtMs,
  };
  const service = services[index];
  const takesMs = service === undefined ? 0 : lastsMs(rollout, service);
  const isBack = Number.isFinite(backAtMs);
  return { ...rollout, forMs: (isBack ? backAtMs - entry.at : 0) + takesMs };
}

/** Batch after batch gets ready, and the last one warms up. */
function lastsMs(rollout: Rollout, service: Service): number {
  const wanted = service.replicas.length;
  const { surge, unavailable } = paceOf(rollout, wanted);
  const batches = Math.ceil(
    Math.min(wanted, atLeast(rollout.replicas, wanted)) / (surge + unavailable),
  );
  const { readyAfter, slower, warmUpMs } = service.startUp;
  const warmsUpMs = slower > 1 ? warmUpMs : 0;
  return Math.max(1, batches * (typicalMs(readyAfter) + rollout.minReadyMs) + warmsUpMs);
}

/** Its median, or its mean where that is what is written. */
function typicalMs(of: Distribution): number {
  switch (of.kind) {
    case 'constant':
      return of.valueMs;
    case 'exponential':
    case 'erlang':
    case 'normal':
      return of.meanMs;
    case 'log-normal':
      return of.p50Ms;
    case 'uniform':
      return (of.fromMs + of.toMs) / 2;
    case 'quantiles':
      return of.points.find((point) => point.share >= 0.5)?.valueMs ?? 0;
    case 'mixture':
      return of.parts.reduce((sum, part) => sum + part.share * typicalMs(part.of), 0);
  }
}
