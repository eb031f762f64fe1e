import type { Model, Scenario, Source } from '../model/model.ts';
import type { SourceRequest } from '../model/stage.ts';
import { runLengthMs } from '../model/run-length.ts';
import type { Clock } from '@seaworthy/policy/engine';
import { burstsOf } from '../traffic/rate.ts';
import type { Recording } from '../traffic/recorded/recording.ts';
import type { DataRow } from '../traffic/rows/read-rows.ts';
import { type LoadRun, startLoad } from './load/load.ts';
import type { LoadPlan } from './load/plan.ts';
import { formatAddress } from './proxy/address.ts';
import type { Stage } from './stage/stage.ts';

/** Where the file says nothing: nobody waits longer for a page. */
const timeoutMs = 30_000;

export const root: SourceRequest = {
  method: 'GET',
  path: '/',
  headers: {},
  body: undefined,
  weight: 1,
};

/** What a source is given beside the file. */
export interface SourceInput {
  /** Its arrivals and requests, instead of its own. */
  readonly recording?: Recording;
  /** What its requests are filled in with. */
  readonly rows?: readonly DataRow[];
}

interface LoadParts {
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  readonly clock: Clock;
  /** Of each source. */
  readonly maxConnections: number;
  /** Parallel to the sources. */
  readonly inputs?: readonly SourceInput[];
}

/** The traffic of a model begins, each source through its own proxy. Parallel to the sources. */
export async function startLoads(
  model: Model,
  stage: Stage,
  parts: LoadParts,
): Promise<readonly LoadRun[]> {
  const started = await Promise.allSettled(
    model.sources.map((source, index) => {
      const proxy = stage.proxies.get(model.edges[source.edge]!.name)!;
      const target = `http://${formatAddress(proxy.listen)}`;
      const plan = planOf(model, source, index, target, parts);
      // Apart from the proxies: what these do must not make arrivals late.
      return startLoad(plan, { clock: parts.clock, threads: 1 });
    }),
  );
  const loads = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed === undefined) return loads;
  // Threads of the others would go on for ever.
  await Promise.all(loads.map((load) => load.stop()));
  throw failed.reason;
}

function planOf(
  model: Model,
  source: Source,
  index: number,
  target: string,
  { scenario, seed, inputs, maxConnections }: LoadParts,
): LoadPlan {
  const { policy } = model.edges[source.edge]!;
  const bursts = burstsOf(scenario?.faults ?? [], index);
  const { arrivals } = source;
  const { recording, rows = [] } = inputs?.[index] ?? {};
  const planned = arrivals.kind === 'open' ? { ...arrivals, bursts } : arrivals;
  return {
    target,
    requests: recording?.requests ?? source.requests ?? [root],
    rows,
    source: source.name,
    seed,
    arrivals: recording === undefined ? planned : { kind: 'recorded', ...recording },
    durationMs: runLengthMs(model, scenario),
    timeoutMs: Math.min(policy.timeoutMs ?? timeoutMs, policy.deadlineMs ?? timeoutMs),
    maxConnections,
  };
}
