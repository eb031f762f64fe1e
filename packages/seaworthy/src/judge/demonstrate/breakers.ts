import { edgeOf, edgeSubject, failing, type MakeExperiment, refusals } from './experiment.ts';

/** CB01: the callee fails, and the breaker that wants more calls than there are never opens. */
export const neverOpens: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const { proposed } = finding;
  if (edge?.policy.breaker === undefined || proposed === undefined) return undefined;
  return {
    fault: failing(edge, model),
    subject: edgeSubject(edge, model),
    what: { kind: 'rejected' },
    name: `calls of ${edge.name} that the breaker spares`,
    during: 'fault',
    good: 'much',
    edits: proposed,
  };
};

/** CB02: nothing fails but what always does, and the breaker opens. */
export const opensOnNoise: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const { proposed } = finding;
  if (edge?.policy.breaker === undefined || proposed === undefined) return undefined;
  return { ...refusals(edge, model), edits: proposed };
};
