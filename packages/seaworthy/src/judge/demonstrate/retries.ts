import {
  callEdit,
  edgeOf,
  edgeSubject,
  failing,
  faultAtMs,
  faultForMs,
  type MakeExperiment,
  proposed,
} from './experiment.ts';

/** RT03: while the callee fails, its load is multiplied. */
export const noBudget: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  if (edge?.policy.retry === undefined) return undefined;
  return {
    fault: failing(edge, model),
    subject: edgeSubject(edge, model),
    what: { kind: 'attempts' },
    name: `attempts per task of ${edge.name}`,
    during: 'fault',
    good: 'little',
    edits: [callEdit(edge, 'retry.budget', { share: '10%', floor: '1/s' })],
  };
};

/** RT07: one replica hangs, and the attempt that meets it leaves no time for another. */
export const noAttemptTimeout: MakeExperiment = (finding, model) => {
  const edge = edgeOf(finding, model);
  const belowMs = proposed(finding);
  if (edge?.policy.retry === undefined || belowMs === undefined || belowMs < 2) return undefined;
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
    edits: [callEdit(edge, 'timeout', `${belowMs - 1}ms`)],
  };
};
