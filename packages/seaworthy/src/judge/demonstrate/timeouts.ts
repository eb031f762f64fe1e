import { callEdit } from '../../model/edit/edits.ts';
import type { Edge } from '../../model/model.ts';
import { edgeOf, edgeSubject, type MakeExperiment, silent } from './experiment.ts';

/** RT05: the callee works on when nobody waits any more. */
export const inversion: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  if (edge === undefined) return undefined;
  const below = model.edges.filter(({ from }) => from.kind === 'service' && from.index === edge.to);
  const [slowest] = below.toSorted((a, b) => longestMs(b) - longestMs(a));
  if (slowest === undefined || !Number.isFinite(longestMs(slowest))) return undefined;
  const callee = model.services[edge.to]!;
  // A tenth more: the answer that it gives up with has to come back as well.
  const enoughMs = Math.ceil(1.1 * longestMs(slowest));
  return {
    fault: silent(slowest, model),
    subject: { kind: 'service', index: edge.to },
    what: { kind: 'wasted' },
    name: `work of ${callee.name} for nobody`,
    during: 'fault',
    good: 'little',
    edits: [callEdit(edge.name, 'timeout', `${enoughMs}ms`), ...longerDeadline(edge, enoughMs)],
  };
};

/** Until the last of all attempts has timed out. */
function longestMs({ policy }: Edge): number {
  const { timeoutMs = Infinity, deadlineMs = Infinity, retry } = policy;
  const attempts = retry?.attempts ?? 1;
  const delays = (attempts - 1) * (retry?.backoff.capMs ?? 0);
  return Math.min(deadlineMs, attempts * timeoutMs + delays);
}

function longerDeadline(edge: Edge, timeoutMs: number) {
  const { deadlineMs, retry } = edge.policy;
  const needed = timeoutMs * (retry?.attempts ?? 1);
  if (deadlineMs === undefined || deadlineMs >= needed) return [];
  return [callEdit(edge.name, 'deadline', `${needed}ms`)];
}

/** RT08: a callee that hangs is waited for as long as it hangs. */
export const noTimeout: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  if (edge === undefined) return undefined;
  return {
    fault: silent(edge, model),
    subject: edgeSubject(edge, model),
    what: { kind: 'latency', statistic: 'max', quantile: 1 },
    name: `longest wait for an answer over ${edge.name}`,
    during: 'both',
    good: 'little',
    edits: [callEdit(edge.name, 'timeout', '1s')],
  };
};

/** RT09, PQ10: a limit keeps slots of the caller free. */
export const stall: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const { proposed } = finding;
  if (edge?.from.kind !== 'service' || proposed === undefined) return undefined;
  return {
    fault: silent(edge, model),
    subject: { kind: 'service', index: edge.from.index },
    what: { kind: 'in-flight' },
    name: `requests that ${model.services[edge.from.index]!.name} holds`,
    during: 'fault',
    good: 'little',
    edits: proposed,
  };
};
