import type { CallEdge, Landscape, Quantile, Setting } from '../../model/import/landscape.ts';
import { quantilesOf } from '../../model/distribution.ts';
import { modelService } from './model-services.ts';

/** What rules say when latencies are missing. */
export const latencyInput = 'how long its answers take: traces, or a seaworthy.yaml';

/**
 * How long an attempt takes on a calm day: as traces saw it, else of a service in a seaworthy.yaml
 * whose requests are a single cpu or wait step, so that nothing has to be added up.
 */
export function latencyOver(
  landscape: Landscape,
  { to, measured }: CallEdge,
): Setting<readonly Quantile[]> | undefined {
  if (measured !== undefined) return measured.latency;
  const modelled = modelService(landscape, to);
  const [step, ...more] = modelled?.service.steps ?? [];
  if (modelled === undefined || step === undefined || more.length > 0) return undefined;
  if (step.kind !== 'cpu' && step.kind !== 'wait') return undefined;
  const value = quantilesOf(step.kind === 'cpu' ? step.demand : step.time);
  return (
    value && { value, origin: modelled.file.position(['services', to, 'steps', 0, step.kind]) }
  );
}

/** The value below which a share of them lies; the next known one above it. */
export function atShare(points: readonly Quantile[], share: number): number | undefined {
  return points.find((point) => point.share >= share)?.valueMs;
}
