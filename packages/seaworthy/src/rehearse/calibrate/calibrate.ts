import type { Distribution, Edge, Model, Service, Step } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import { meanMs } from '../../model/distribution.ts';
import { Measurements } from './measurements.ts';
import { momentsBelow, timeByMoments, timeTable } from './time-table.ts';

/** A model whose times are those that were measured. */
export interface Calibration {
  readonly model: Model;
  readonly services: readonly CalibratedService[];
  readonly hops: readonly CalibratedHop[];
}

/** Where the times of a service come from now. */
export interface CalibratedService {
  readonly service: string;
  /**
   * `table`: the times that were measured. `remainder`: what is left of them when the calls that it
   * makes, and what it computes by the file, are taken off; by mean and variance. `file`: as
   * before.
   */
  readonly from: 'table' | 'remainder' | 'file';
  /** Why it is as before. */
  readonly why: string | undefined;
  /** Requests whose time was measured. */
  readonly samples: number;
  /** What its steps of waiting take now, without the calls that it makes. */
  readonly time: Distribution | undefined;
}

/** From a source to the service that it asks and back, without the time there. */
export interface CalibratedHop {
  readonly edge: string;
  readonly meanMs: number;
}

/** With fewer, chance has more to say about a mean than the service has. */
const samplesMin = 50;

/** With more calls for each request, those that a cache answered do not stand out any more. */
const missedMost = 0.5;

/** Steps whose time can be told apart from that of all others. */
const known: readonly Step['kind'][] = ['wait', 'cpu', 'call', 'fail'];

/**
 * Replaces the times of a model by those of a calm run: no faults, no queues to speak of. Slots,
 * policies and traffic stay as the file has them: a calm run does not show where they end.
 *
 * A service that makes no calls takes the times that were measured. One that does takes what its
 * calls leave of them. What the way to a callee costs is so a part of the caller, but for the ways
 * of sources, which are networks.
 */
export function calibrate(model: Model, run: Run): Calibration {
  const measured = new Measurements(run);
  const services = model.services.map((service, index) =>
    calibrated(service, index, model, measured),
  );
  const hops = model.edges.flatMap((edge, index): CalibratedHop[] => {
    if (edge.from.kind !== 'source') return [];
    return [{ edge: edge.name, meanMs: measured.hopMs(index, edge.to) }];
  });
  const edges = model.edges.map((edge): Edge => {
    const { kind, index } = edge.from;
    const isPartOfCaller = kind === 'service' && services[index]![1].from === 'remainder';
    if (kind !== 'source' && !isPartOfCaller) return edge;
    const hop = hops.find((each) => each.edge === edge.name);
    const latency = { kind: 'constant', valueMs: (hop?.meanMs ?? 0) / 2 } as const;
    return { ...edge, network: { latency, loss: 0, connections: undefined, spells: undefined } };
  });
  return {
    model: { ...model, services: services.map(([service]) => service), edges },
    services: services.map(([, what]) => what),
    hops,
  };
}

type Calibrated = readonly [Service, CalibratedService];

function calibrated(service: Service, index: number, model: Model, run: Measurements): Calibrated {
  const times = run.serviceTime(index);
  const why = whyNot(service, times.count);
  const what = { service: service.name, why, samples: times.count };
  if (why !== undefined) return [service, { ...what, from: 'file', time: undefined }];
  const kept = service.steps.filter(({ kind }) => kind !== 'wait');
  const make = (from: 'table' | 'remainder', time: Distribution): Calibrated => [
    { ...service, steps: [{ kind: 'wait', time }, ...kept] },
    { ...what, from, time },
  ];
  if (kept.every(({ kind }) => kind === 'fail')) return make('table', timeTable(times));
  let { mean, variance } = times;
  for (const step of kept) if (step.kind === 'cpu') mean -= meanMs(step.demand);
  const calls = model.edges.flatMap(({ from, policy }, edge) => {
    const isMine = from.kind === 'service' && from.index === index;
    return isMine ? [{ ...run.callsOf(edge, index), isCached: policy.cache !== undefined }] : [];
  });
  const missed = calls.reduce((sum, each) => sum + (each.isCached ? each.perRequest : 0), 0);
  const hits = missed > 0 && missed < missedMost;
  // Who misses a cache waits for its call, but nobody for a refresh in the background: what the
  // cache did not answer is left out, the slow end.
  if (hits) ({ mean, variance } = momentsBelow(times, 1 - missed));
  for (const call of calls) {
    if (hits && call.isCached) continue;
    mean -= call.meanMs;
    variance -= call.variance;
  }
  return make('remainder', timeByMoments(mean, variance));
}

function whyNot({ steps }: Service, samples: number): string | undefined {
  if (samples < samplesMin) return `needs ${samplesMin} measured requests and has ${samples}`;
  const odd = steps.find(({ kind }) => !known.includes(kind));
  return odd && `the time of its step "${odd.kind}" is not known`;
}
