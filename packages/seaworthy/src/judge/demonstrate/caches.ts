import type { Edge, Fault, Model } from '../../model/model.ts';
import { serviceEdit } from '../../model/edit/edits.ts';
import { edgeOf, faultAtMs, type MakeExperiment } from './experiment.ts';

/** CA03: what is behind the cache cannot carry what the cache does not answer. */
export const emptyCache: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const replicas = finding.proposed?.[0]?.value;
  if (edge?.policy.cache === undefined || typeof replicas !== 'number') return undefined;
  // Half as much again: what waits from the first second has to be worked off as well.
  const enough = serviceEdit(model.services[edge.to]!.name, 'replicas', Math.ceil(1.5 * replicas));
  return {
    fault: flushed(edge, model),
    subject: { kind: 'edge', index: model.edges.indexOf(edge) },
    what: { kind: 'success' },
    name: `success of ${edge.name} from an empty cache on`,
    during: 'fault',
    good: 'much',
    edits: [enough],
  };
};

/** CA02: whenever the hottest key expires, all who want it load it. */
export const hotKey: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const { proposed } = finding;
  if (edge?.policy.cache === undefined || proposed === undefined) return undefined;
  const { name } = model.services[edge.to]!;
  return {
    fault: undefined,
    subject: { kind: 'service', index: edge.to },
    what: { kind: 'in-system' },
    name: `requests in ${name}`,
    during: 'fault',
    good: 'little',
    edits: proposed,
  };
};

function flushed(edge: Edge, model: Model): Fault {
  const target = { kind: 'edge', index: model.edges.indexOf(edge) } as const;
  const text = `flush: ${edge.name}, share: 100%`;
  // What follows from it is looked at for as long as for other faults.
  return { kind: 'flush', target, share: 1, text, atMs: faultAtMs, forMs: 0 };
}
