import type { MeasuredCalls, MeasuredService, Quantile, Setting } from '../landscape.ts';
import type { TracedRequest, TracedTask } from './requests.ts';

/** What traces say of a service, and of its calls. */
export interface Measured {
  readonly services: readonly MeasuredService[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly calls: MeasuredCalls;
  }[];
}

/** Sums up the requests of a file. `spanMs`: from the first start to the last end in it. */
export function measure(
  requests: readonly TracedRequest[],
  file: string,
  spanMs: number,
): Measured {
  const services = groupBy(requests, (it) => it.service);
  return {
    services: [...services].map(([service, mine]) => serviceOf(service, mine, file, spanMs)),
    edges: [...services].flatMap(([from, mine]) => {
      const tasks = groupBy(
        mine.flatMap((it) => it.calls),
        (it) => it.to,
      );
      return [...tasks].map(([to, list]) => ({ from, to, calls: callsOf(list, mine, file) }));
    }),
  };
}

function serviceOf(
  service: string,
  requests: readonly TracedRequest[],
  file: string,
  spanMs: number,
): MeasuredService {
  const set = setter(file, requests.length);
  // A single burst tells no rate.
  const rate = spanMs > 1000 ? set((requests.length * 1000) / spanMs) : undefined;
  return {
    service,
    requests: set(requests.length),
    ratePerSecond: rate,
    errorShare: set(requests.filter((it) => it.failed).length / requests.length),
    selfTime: set(quantiles(requests.map((it) => it.selfMs))),
    latency: set(quantiles(requests.map((it) => it.durationMs))),
    order: orderOf(requests),
  };
}

function callsOf(
  tasks: readonly TracedTask[],
  requests: readonly TracedRequest[],
  file: string,
): MeasuredCalls {
  const attempts = tasks.flatMap((it) => it.attempts);
  const set = setter(file, attempts.length);
  return {
    perRequest: set(tasks.length / requests.length),
    ratePerSecond: undefined,
    errorShare: set(attempts.filter((it) => it.failed).length / attempts.length),
    attemptsPerTask: set(attempts.length / tasks.length),
    latency: set(quantiles(attempts.map((it) => it.durationMs))),
  };
}

/** Callees in the order in which they are called; those that mostly overlap stand together. */
function orderOf(requests: readonly TracedRequest[]): readonly (readonly string[])[] {
  const starts = new Map<string, number[]>();
  for (const { calls } of requests) {
    for (const [rank, { to }] of firstCalls(calls).entries()) {
      const ranks = starts.get(to) ?? [];
      ranks.push(rank);
      starts.set(to, ranks);
    }
  }
  const sorted = [...starts]
    .map(([to, ranks]) => ({ to, mean: ranks.reduce((a, b) => a + b, 0) / ranks.length }))
    .toSorted((a, b) => a.mean - b.mean || (a.to < b.to ? -1 : 1));
  const groups: string[][] = [];
  for (const { to } of sorted) {
    const last = groups.at(-1);
    if (last !== undefined && last.every((it) => overlap(it, to, requests))) last.push(to);
    else groups.push([to]);
  }
  return groups;
}

function firstCalls(calls: readonly TracedTask[]): readonly TracedTask[] {
  const seen = new Set<string>();
  return calls.filter(({ to }) => !seen.has(to) && seen.add(to));
}

/** In most of the requests that have both. */
function overlap(a: string, b: string, requests: readonly TracedRequest[]): boolean {
  let both = 0;
  let overlapping = 0;
  for (const { calls } of requests) {
    const [first, second] = [calls.find((it) => it.to === a), calls.find((it) => it.to === b)];
    if (first === undefined || second === undefined) continue;
    both++;
    if (first.startMs < second.endMs && second.startMs < first.endMs) overlapping++;
  }
  return both > 0 && overlapping / both > 0.5;
}

const shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

/** As far as there are samples beyond them: no p99 of ten. */
function quantiles(samples: readonly number[]): readonly Quantile[] {
  const sorted = samples.toSorted((a, b) => a - b);
  return shares
    .filter((share) => share === 1 || sorted.length * (1 - share) >= 1)
    .map((share) => {
      const rank = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
      return { share, valueMs: sorted[rank]! };
    });
}

function setter(file: string, spans: number): <T>(value: T) => Setting<T> {
  return (value) => ({ value, origin: { kind: 'trace', file, spans } });
}

/** As `Map.groupBy` of newer versions of Node. */
function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
