import { callEdit } from '../../model/edit/edits.ts';
import type { Edge, Model } from '../../model/model.ts';
import {
  edgeOf,
  edgeSubject,
  type Experiment,
  failing,
  faultAtMs,
  faultForMs,
  type MakeExperiment,
} from './experiment.ts';

/** RT03: while the callee fails, its load is multiplied. */
export const noBudget: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  if (edge?.policy.retry === undefined) return undefined;
  const edits = [callEdit(edge.name, 'retry.budget', { share: '10%', floor: '1/s' })];
  return { ...attemptsOver(edge, model), edits };
};

/** RT02: while the callee fails, all layers retry, each what the one within it has retried. */
export const manyLayers: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const { proposed } = finding;
  if (edge?.policy.retry === undefined || proposed === undefined) return undefined;
  return { ...attemptsOver(edge, model), edits: proposed };
};

/** RT01: while what is at the end of the path fails, each level multiplies the calls into it. */
export const amplification: MakeExperiment = (finding, model) => {
  const { proposed = [], subject } = finding;
  const retrying = proposed.map(({ path }) => model.edges.find(({ name }) => name === path[1]));
  const last = retrying.at(-1);
  if (last === undefined || retrying.some((edge) => edge?.policy.retry === undefined)) {
    return undefined;
  }
  if (retrying.length === 1) return { ...attemptsOver(last, model), edits: proposed };
  return {
    ...attemptsOver(last, model),
    what: { kind: 'offered' },
    name: `calls a second of ${last.name}, for ${subject}`,
    edits: proposed,
  };
};

/** What a callee that fails is asked for. */
function attemptsOver(edge: Edge, model: Model): Omit<Experiment, 'edits'> {
  return {
    fault: failing(edge, model),
    subject: edgeSubject(edge, model),
    what: { kind: 'attempts' },
    name: `attempts per task of ${edge.name}`,
    during: 'fault',
    good: 'little',
  };
}

/** RT07: one replica hangs, and the attempt that meets it leaves no time for another. */
export const noAttemptTimeout: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const { proposed } = finding;
  if (edge?.policy.retry === undefined || proposed === undefined) return undefined;
  const { name, replicas } = model.services[edge.to]!;
  // A replica alone leaves no other to try.
  if (replicas.length < 2) return undefined;
  const target = { kind: 'service', index: edge.to, replicas: [0] } as const;
  const times = { atMs: faultAtMs, forMs: faultForMs };
  return {
    fault: { kind: 'pause', target, text: `pause: one replica of ${name}`, ...times },
    subject: edgeSubject(edge, model),
    what: { kind: 'success' },
    name: `success of ${edge.name}`,
    during: 'fault',
    good: 'much',
    edits: proposed,
  };
};
