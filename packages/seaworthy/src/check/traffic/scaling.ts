import type { Landscape, Setting } from '../../model/import/landscape.ts';
import { meanMs } from '../../model/distribution.ts';
import { defaulted } from '../../model/import/values/settings.ts';
import { timeOf } from './capacity.ts';
import { modelOrigin, type ModelService } from './model-services.ts';

/** How an autoscaler keeps the replicas of a service. */
export interface Scaling {
  readonly min: Setting<number>;
  readonly max: Setting<number>;
  /** What passes from a load to the replicas for it, one after the other. */
  readonly lags: readonly { readonly name: string; readonly time: Setting<number> }[];
  /** Requests a second of one replica. */
  readonly carried: Setting<number>;
  /** Requests a second for which it keeps one. */
  readonly keptPerSecond: number;
  readonly target: Setting<number>;
  readonly metric: 'cpu' | 'in-flight';
  /** It stands in the seaworthy.yaml, and can be changed there. */
  readonly isModelled: boolean;
}

/** Undefined: it has none. Unknown: nothing says how many requests a replica is there for. */
export function scalingOf(landscape: Landscape, of: ModelService): Scaling | 'unknown' | undefined {
  return of.service.autoscale === undefined ? ofKubernetes(landscape, of) : ofModel(of);
}

function ofModel(of: ModelService): Scaling | undefined {
  const { file, service } = of;
  const { name, autoscale } = service;
  const { metric, target, everyMs, min, max } = autoscale!;
  const set = (value: number, key: string): Setting<number> => {
    const path = ['services', name, 'autoscale', key];
    return { value, origin: modelOrigin(file, path) };
  };
  const { byCores, carried } = ratesOf(of);
  return {
    min: set(min, 'min'),
    max: set(max, 'max'),
    lags: [{ name: 'metric lag', time: set(everyMs, 'every') }, startOf(of)],
    carried,
    keptPerSecond:
      metric === 'cpu'
        ? target * byCores
        : (target / service.replicas[0]!.concurrency) * carried.value,
    target: set(target, metric === 'cpu' ? 'cpu' : 'inFlight'),
    metric,
    isModelled: true,
  };
}

const page = 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/';
/** The metrics server and the controller look every 15 s each. */
const lookingMs = 30_000;

/** An autoscaler of Kubernetes counts in shares of the cpu that is requested. */
function ofKubernetes(landscape: Landscape, of: ModelService): Scaling | 'unknown' | undefined {
  const { service } = of;
  const workload = landscape.workloads.find((it) => it.serves === service.name);
  const { autoscaler, containers = [] } = workload ?? {};
  if (autoscaler === undefined) return undefined;
  const [metric, ...more] = autoscaler.metrics;
  const { cpuTargetShare: target } = autoscaler;
  const requested = containers[0]?.resources.cpuRequestCores;
  if (metric?.value !== 'cpu' || more.length > 0 || !target || !requested) return 'unknown';
  const { byCores, carried } = ratesOf(of);
  const { cores, speed } = service.replicas[0]!;
  return {
    min: autoscaler.min,
    max: autoscaler.max,
    lags: [
      { name: 'metric lag', time: defaulted(lookingMs, 'Kubernetes', page) },
      { name: 'stabilisation', time: autoscaler.scaleUpStabilisationMs },
      startOf(of),
    ],
    carried,
    keptPerSecond: (target.value * requested.value * byCores) / (cores * speed),
    target,
    metric: 'cpu',
    isModelled: false,
  };
}

/** What a replica carries by cores, and by slots while all that it calls answers at once. */
function ratesOf({ file, service }: ModelService): {
  readonly byCores: number;
  readonly carried: Setting<number>;
} {
  const { cpuMs, totalMs } = timeOf(service.steps);
  const { concurrency, cores, speed } = service.replicas[0]!;
  const byCores = (cores * speed * 1000) / cpuMs;
  const value = Math.min(byCores, (concurrency * 1000) / totalMs);
  return {
    byCores,
    carried: { value, origin: file.position(['services', service.name, 'steps']) },
  };
}

function startOf({ file, service }: ModelService): Scaling['lags'][number] {
  const { name, startUp } = service;
  const origin = modelOrigin(file, ['services', name, 'start', 'readyAfter']);
  return {
    name: `start of a replica of ${name}`,
    time: { value: meanMs(startUp.readyAfter), origin },
  };
}
