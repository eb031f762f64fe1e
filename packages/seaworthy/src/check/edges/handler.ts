import type { CallEdge, Landscape } from '../../model/import/landscape.ts';
import type { Step } from '../../model/model.ts';
import { duration } from '../evidence.ts';
import { modelService } from '../traffic/model-services.ts';
import type { EdgeGraph } from './graph.ts';
import { type Bound, worstCase } from './worst-case.ts';

/** What a handler may take, with the call that takes most of it. */
export interface HandlerBound extends Bound {
  readonly slowest: CallEdge | undefined;
}

const nothing: HandlerBound = { ms: 0, numbers: [], slowest: undefined };

/** The share of the own time that counts: 1 in 1000 requests is worse. */
const tailShare = 0.999;

/**
 * The longest that a workload works on one request: its calls, one after the other where their
 * order is known, else as if all were made at once (so it is never too long), and its own p99.9
 * where that was measured. Calls that nothing bounds are left out: they are a finding of their own.
 */
export function handlerWorstCase(
  landscape: Landscape,
  graph: EdgeGraph,
  name: string,
): HandlerBound {
  const calls = graph
    .from(name)
    .map((edge): HandlerBound => ({ ...worstCase(edge), slowest: edge }))
    .filter(({ ms }) => ms < Infinity);
  const calling =
    byModel(landscape, name, calls) ?? byTraces(landscape, name, calls) ?? longest(calls);
  return sum([calling, ownTime(landscape, name)]);
}

/** One after the other. */
function sum(parts: readonly HandlerBound[]): HandlerBound {
  return {
    ms: parts.reduce((total, { ms }) => total + ms, 0),
    numbers: parts.flatMap(({ numbers }) => numbers),
    slowest: longest(parts).slowest,
  };
}

/** All at once. */
function longest(parts: readonly HandlerBound[]): HandlerBound {
  return parts.reduce((a, b) => (b.ms > a.ms ? b : a), nothing);
}

function byModel(
  landscape: Landscape,
  name: string,
  calls: readonly HandlerBound[],
): HandlerBound | undefined {
  const modelled = modelService(landscape, name);
  if (modelled === undefined) return undefined;
  const { edges, services } = modelled.file.model;
  const ofSteps = (steps: readonly Step[]): HandlerBound => sum(steps.map(ofStep));
  const ofStep = (step: Step): HandlerBound => {
    if (step.kind === 'lock') return ofSteps(step.steps);
    if (step.kind === 'together') return longest(step.branches.map(ofSteps));
    if (step.kind !== 'call') return nothing;
    const callee = services[edges[step.edge]!.to]!.name;
    return calls.find(({ slowest }) => slowest?.to === callee) ?? nothing;
  };
  return ofSteps(modelled.service.steps);
}

/** Calls that overlap are one group; groups follow each other. */
function byTraces(
  { measured }: Landscape,
  name: string,
  calls: readonly HandlerBound[],
): HandlerBound | undefined {
  const order = measured.find(({ service }) => service === name)?.order;
  if (order === undefined) return undefined;
  const ofGroup = (callees: readonly string[]): HandlerBound =>
    longest(calls.filter(({ slowest }) => callees.includes(slowest!.to)));
  const unordered = calls.filter(({ slowest }) => !order.flat().includes(slowest!.to));
  return sum([...order.map(ofGroup), longest(unordered)]);
}

function ownTime({ measured }: Landscape, name: string): HandlerBound {
  const setting = measured.find(({ service }) => service === name)?.selfTime;
  const tail = setting?.value.find(({ share }) => share >= tailShare);
  if (setting === undefined || tail === undefined) return nothing;
  const own = duration(`own time of ${name}`, { ...setting, value: tail.valueMs });
  return { ms: tail.valueMs, numbers: [own], slowest: undefined };
}
