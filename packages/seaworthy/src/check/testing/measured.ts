import type { MeasuredService, TraceOrigin } from '../../model/import/landscape.ts';

const origin: TraceOrigin = { kind: 'trace', file: 'spans.json', spans: 412 };

/** What traces saw of a service whose answers take at most so long, linear from zero. */
export function measuredService(
  service: string,
  slowestMs: number,
  errorShare: number = 0,
): MeasuredService {
  const times = [0, 0.5, 0.9, 0.99, 0.999, 1].map((share) => ({
    share,
    valueMs: share * slowestMs,
  }));
  return {
    service,
    requests: { value: 412, origin },
    ratePerSecond: undefined,
    errorShare: { value: errorShare, origin },
    selfTime: { value: times, origin },
    latency: { value: times, origin },
    order: [],
  };
}
