import type { Canary, CanaryMetric, Landscape, Setting } from '../../../model/import/landscape.ts';
import { durationText, numberText, rateText, shareText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { context, count, duration, rate, share } from '../../evidence.ts';
import type { Evidence, Suspicion } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { capacityOf } from '../../traffic/capacity.ts';
import { modelOrigin, modelService } from '../../traffic/model-services.ts';
import { Traffic } from '../../traffic/traffic.ts';
import { leastReplicas } from '../../workloads/workload.ts';

/** A canary replica with twice the traffic of an ordinary one is judged by another load. */
const unfairFrom = 2;

export const ob09: Rule = {
  id: 'OB09',
  name: 'a canary that is judged under another load',
  severity: 'medium',
  formula:
    'weight x replicas of the workload / replicas of the canary >= 2; high where weight x peak rate ' +
    '> what those replicas carry; or it is measured before its warm-up has ended',
  why:
    'too few replicas, or cold ones, are slow whatever the new version is like: good versions are ' +
    'rolled back, until somebody turns the analysis off',
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/canary/#dynamic-canary-scale-with-traffic-routing',
    'https://spinnaker.io/docs/guides/user/canary/best-practices/',
    'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  ],
  remedy:
    'Give the canary the share of the replicas that it has of the traffic ' +
    '(`setCanaryScale: { matchTrafficWeight: true }`), and an initialDelay as long as its warm-up.',
  needs: [
    'the weights and the scale of a canary, and the replicas of its workload',
    'for its capacity and its warm-up: a seaworthy.yaml',
  ],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const canary of landscape.canaries) {
      const workload = landscape.workloads.find(({ name }) => name === canary.target);
      const service = workload?.serves ?? canary.target;
      if (service === undefined) continue;
      const peak = traffic.into(service);
      const crowded = workload && crowdedStep(canary, leastReplicas(workload));
      if (crowded !== undefined) yield tooSmall(landscape, canary, service, crowded, peak);
      yield* canary.analyses.flatMap((metric) => cold(landscape, canary, service, metric) ?? []);
    }
  },
};

/** A step with a weight, and what the canary has to carry it. */
interface Crowded {
  readonly weight: Setting<number>;
  readonly canaryReplicas: Setting<number>;
  readonly replicas: Setting<number>;
  /** What one of its replicas gets, in terms of an ordinary one. */
  readonly times: number;
}

/** The step at which each replica of the canary gets the most, where that is unfair. */
function crowdedStep({ steps }: Canary, replicas: Setting<number>): Crowded | undefined {
  let worst: Crowded | undefined;
  let weight: Setting<number> | undefined;
  let scale: Setting<number> | undefined;
  for (const step of steps) {
    weight = step.weightShare ?? weight;
    scale = step.scalesByWeight ? undefined : (scaled(step.scaleShare, replicas) ?? scale);
    scale = step.replicas ?? scale;
    if (weight === undefined || scale === undefined || scale.value === 0) continue;
    const times = (weight.value * replicas.value) / scale.value;
    if (times < unfairFrom || (worst !== undefined && times <= worst.times)) continue;
    worst = { weight, canaryReplicas: scale, replicas, times };
  }
  return worst;
}

/** As Argo Rollouts has it: rounded up. */
function scaled(
  of: Setting<number> | undefined,
  replicas: Setting<number>,
): Setting<number> | undefined {
  return of && { ...of, value: Math.ceil(of.value * replicas.value) };
}

function tooSmall(
  landscape: Landscape,
  { name, at }: Canary,
  service: string,
  { weight, canaryReplicas, replicas, times }: Crowded,
  peak: Setting<number> | undefined,
): Suspicion {
  const over = overload(landscape, service, weight, canaryReplicas, peak);
  return finding(name, {
    severity: over ? 'high' : 'medium',
    what:
      over?.what ??
      `each replica of the canary gets ${numberText(times)} times what an ordinary one gets`,
    numbers: [
      share('weight', weight),
      count('replicas of the canary', canaryReplicas),
      count(`replicas of ${name}`, replicas),
      ...(over?.numbers ?? []),
    ],
    passes: `${Math.ceil(weight.value * replicas.value)} replicas of the canary at this weight`,
    at: placeOf(canaryReplicas.origin, weight.origin, at),
  });
}

/** Where more comes to the canary than its replicas carry. */
function overload(
  landscape: Landscape,
  service: string,
  weight: Setting<number>,
  canaryReplicas: Setting<number>,
  peak: Setting<number> | undefined,
): { readonly what: string; readonly numbers: readonly Evidence[] } | undefined {
  const whole = capacityOf(landscape, service);
  const copies = modelService(landscape, service)?.service.replicas.length;
  if (whole === undefined || copies === undefined || peak === undefined) return undefined;
  const carries = (whole.value / copies) * canaryReplicas.value;
  const gets = peak.value * weight.value;
  if (gets <= carries) return undefined;
  return {
    what:
      `with ${shareText(weight.value)} of the traffic the canary gets ${rateText(gets)} at the ` +
      `peak, and carries ${rateText(carries)}`,
    numbers: [rate(`peak into ${service}`, peak), rate(`capacity of ${service}`, whole)],
  };
}

function cold(
  landscape: Landscape,
  { name }: Canary,
  service: string,
  metric: CanaryMetric,
): Suspicion | undefined {
  const modelled = modelService(landscape, service);
  if (modelled === undefined || metric.intervalMs === undefined) return undefined;
  const { slower, warmUpMs } = modelled.service.startUp;
  const waits = metric.initialDelayMs;
  if (slower <= 1 || (waits?.value ?? 0) >= warmUpMs) return undefined;
  const origin = modelOrigin(modelled.file, ['services', service, 'start', 'warmUp']);
  return finding(name, {
    what:
      `${metric.name} is measured ${waits ? `after ${durationText(waits.value)}` : 'at once'}, ` +
      `and the canary is cold for ${durationText(warmUpMs)}`,
    numbers: [
      duration(`warm-up of ${service}`, { value: warmUpMs, origin }),
      ...(waits ? [duration(`initialDelay of ${metric.name}`, waits)] : []),
      context(duration(`interval of ${metric.name}`, metric.intervalMs)),
    ],
    passes: `an initialDelay of ${durationText(warmUpMs)}`,
    at: placeOf(waits?.origin, metric.at),
  });
}
