import * as fc from 'fast-check';

import type { Edge, Fault, Model, Scenario, Source } from '../../model/model.ts';
import { readModel } from '../../model/read.ts';
import { modelFiles } from '../../model/testing/files.ts';

/** Traffic stops here, in every generated system. */
export const TRAFFIC_ENDS_MS = 6000;

export interface RandomSystem {
  /** The file that it was read from, to see it again: traffic and faults that never end, end. */
  readonly file: string;
  readonly model: Model;
  readonly scenario: Scenario | undefined;
  readonly seed: number;
}

/** Any system that a file can describe, whose traffic ends and which can come to rest after it. */
export const randomSystem: fc.Arbitrary<RandomSystem> = fc
  .tuple(modelFiles, fc.nat(2), fc.nat())
  .map(([file, choice, seed]) => {
    const text = JSON.stringify(file);
    const { model } = readModel(text, 'random.json', {});
    const scenario = model.scenarios[choice];
    return {
      file: text,
      model: {
        ...model,
        sources: model.sources.map(ending),
        queues: model.queues.map(burying),
        edges: model.edges.map((edge) => settling(edge, scenario)),
      },
      scenario: scenario && { ...scenario, faults: scenario.faults.map(passing) },
      seed,
    };
  });

const tasksEach = 20;

function ending(source: Source): Source {
  const { arrivals } = source;
  if (arrivals.kind === 'closed') {
    const tasks = Math.min(arrivals.tasks, tasksEach);
    return { ...source, arrivals: { ...arrivals, tasks } };
  }
  const shape = arrivals.shape.filter(({ atMs }) => atMs < TRAFFIC_ENDS_MS);
  const end = { atMs: TRAFFIC_ENDS_MS, perSecond: 0, overMs: 0 };
  return { ...source, arrivals: { ...arrivals, shape: [...shape, end] } };
}

/** What never ends may leave something for ever, as it should. */
const passesMs = 3000;

function passing(fault: Fault): Fault {
  return Number.isFinite(fault.forMs) ? fault : { ...fault, forMs: passesMs };
}

/** A poison message that is never given up is delivered for ever. */
const deliveriesMax = 8;

function burying(queue: Model['queues'][number]): Model['queues'][number] {
  return { ...queue, deliveries: Math.min(queue.deliveries, deliveriesMax) };
}

/** A call into a black hole never settles without a timeout, nor one that is tried for ever. */
const patienceMs = 20_000;

function settling(edge: Edge, scenario: Scenario | undefined): Edge {
  const { policy } = edge;
  const isEndless =
    policy.retry?.attempts === Infinity ||
    scenario?.faults.some(({ kind }) => kind === 'blackhole') === true;
  if (!isEndless || policy.deadlineMs !== undefined) return edge;
  return { ...edge, policy: { ...policy, deadlineMs: patienceMs } };
}
