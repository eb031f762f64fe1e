import type { Edge, Fault, Model } from '../../model/model.ts';
import { edgeOf, faultAtMs, type MakeExperiment } from './experiment.ts';

/** CA03: what is behind the cache cannot carry what the cache does not answer. */
export const emptyCache: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const [calls, capacity] = finding.numbers.map(({ value }) => Number(value));
  if (edge?.policy.cache === undefined || calls === undefined || capacity === undefined) {
    return undefined;
  }
  const { name, replicas } = model.services[edge.to]!;
  // Half as much again: what waits from the first second has to be worked off as well.
  const enough = Math.ceil((1.5 * replicas.length * calls) / capacity);
  return {
    fault: flushed(edge, model),
    subject: { kind: 'edge', index: model.edges.indexOf(edge) },
    what: { kind: 'success' },
    name: `success of ${edge.name} from an empty cache on`,
    during: 'fault',
    good: 'much',
    edits: [{ path: ['services', name, 'replicas'], value: enough }],
  };
};

function flushed(edge: Edge, model: Model): Fault {
  const target = { kind: 'edge', index: model.edges.indexOf(edge) } as const;
  const text = `flush: ${edge.name}, share: 100%`;
  // What follows from it is looked at for as long as for other faults.
  return { kind: 'flush', target, share: 1, text, atMs: faultAtMs, forMs: 0 };
}
