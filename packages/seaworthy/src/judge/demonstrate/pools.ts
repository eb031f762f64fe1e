import type { FileEdit } from '../../model/edit/file-edit.ts';
import type { Model } from '../../model/model.ts';
import { edgeOf, faultAtMs, faultForMs, type MakeExperiment, refusals } from './experiment.ts';
import type { Finding } from '../../check/finding.ts';

/** PQ17: more traffic than the replicas can carry. */
export const saturation: MakeExperiment = (finding, model) => {
  const index = serviceOf(finding, model);
  const { proposed } = finding;
  if (index === undefined || proposed === undefined) return undefined;
  const { name } = model.services[index]!;
  return {
    fault: undefined,
    ...crowding(index, name, proposed),
  };
};

/** PQ06: what waits at the end of the queue is answered when nobody waits for it. */
export const deadQueue: MakeExperiment = (finding, model) => {
  const index = serviceOf(finding, model);
  const { proposed } = finding;
  if (index === undefined || proposed === undefined) return undefined;
  const { name } = model.services[index]!;
  const times = { atMs: faultAtMs, forMs: faultForMs };
  const text = `slow: ${name}, by: 10x`;
  const target = { kind: 'service', index, replicas: undefined } as const;
  return {
    fault: { kind: 'slow', target, factor: 10, addsMs: 0, text, ...times },
    subject: { kind: 'service', index },
    what: { kind: 'wasted' },
    name: `work of ${name} for nobody after that`,
    during: 'aftermath',
    good: 'little',
    edits: proposed,
  };
};

/** PQ18: one replica goes, and the others cannot carry it. */
export const noSpare: MakeExperiment = (finding, model) => {
  const index = serviceOf(finding, model);
  const { proposed } = finding;
  if (index === undefined || proposed === undefined) return undefined;
  const { name } = model.services[index]!;
  const times = { atMs: faultAtMs, forMs: faultForMs };
  const target = { kind: 'service', index, replicas: [0] } as const;
  return {
    fault: { kind: 'kill', target, text: `kill: one replica of ${name}`, ...times },
    ...crowding(index, name, proposed),
  };
};

/** OV04: traffic grows at once as much as it does before new replicas are there. */
export const outgrown: MakeExperiment = (finding, model) => {
  const index = serviceOf(finding, model);
  const { proposed, numbers } = finding;
  const [before, after] = numbers.map(({ value }) => Number(value));
  const [source] = model.sources.keys();
  if (index === undefined || proposed === undefined || source === undefined) return undefined;
  // Of several sources, the finding does not say which one grows.
  if (model.sources.length > 1 || before === undefined || after === undefined) return undefined;
  const { name } = model.services[index]!;
  const factor = after / before;
  const text = `burst: ${model.sources[source]!.name}, by: ${Number(factor.toPrecision(3))}x`;
  const times = { atMs: faultAtMs, forMs: faultForMs };
  return {
    fault: { kind: 'burst', source, factor, overMs: 0, text, ...times },
    ...crowding(index, name, proposed),
  };
};

/** PQ09: a limit that refuses what the callee could do. */
export const tightBulkhead: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const { proposed } = finding;
  if (edge === undefined || proposed === undefined) return undefined;
  return { ...refusals(edge, model), edits: proposed };
};

/** More replicas, and so fewer requests that pile up. */
function crowding(index: number, name: string, edits: readonly FileEdit[]) {
  return {
    subject: { kind: 'service', index },
    what: { kind: 'in-system' },
    name: `requests in ${name}`,
    during: 'fault',
    good: 'little',
    edits,
  } as const;
}

function serviceOf({ subject }: Finding, { services }: Model): number | undefined {
  const index = services.findIndex(({ name }) => name === subject);
  return index < 0 ? undefined : index;
}
