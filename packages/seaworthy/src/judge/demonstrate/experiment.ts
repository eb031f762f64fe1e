import type { Finding } from '../../check/finding.ts';
import type { FileEdit } from '../../model/edit/file-edit.ts';
import type { Edge, Fault, Measure, Model, Subject, Target } from '../../model/model.ts';

/** How a finding can be shown: what to do to the system, what to look at, what would pass. */
export interface Experiment {
  /** Undefined: the calm system shows it. */
  readonly fault: Fault | undefined;
  readonly subject: Subject;
  readonly what: Measure;
  /** `attempts of web -> payments`. */
  readonly name: string;
  /** When to look: while the fault lasts, after it, or both. Without a fault: throughout. */
  readonly during: 'fault' | 'aftermath' | 'both';
  /** Whether little of it is good, or much. */
  readonly good: 'little' | 'much';
  readonly edits: readonly FileEdit[];
}

/** Undefined: this model has no way to show it. */
export type MakeExperiment = (finding: Finding, model: Model) => Experiment | undefined;

/** Long enough for queues of seconds to fill up, after a start that all caches have had. */
export const faultAtMs = 30_000;
export const faultForMs = 20_000;

/** The edge that a finding is about. */
export function edgeOf({ subject }: Finding, model: Model): Edge | undefined {
  return model.edges.find(({ name }) => name === subject);
}

export function edgeSubject(edge: Edge, model: Model): Subject {
  return { kind: 'edge', index: model.edges.indexOf(edge) };
}

/** All replicas of a service. */
function targetOf(index: number): Target {
  return { kind: 'service', index, replicas: undefined };
}

/** The callee answers nothing but errors. */
export function failing(edge: Edge, model: Model): Fault {
  const { name } = model.services[edge.to]!;
  const times = { atMs: faultAtMs, forMs: faultForMs };
  const text = `fail: ${name}, share: 100%`;
  return { kind: 'fail', target: targetOf(edge.to), share: 1, text, ...times };
}

/** The callee answers nothing at all. */
export function silent(edge: Edge, model: Model): Fault {
  const { name } = model.services[edge.to]!;
  const times = { atMs: faultAtMs, forMs: faultForMs };
  return { kind: 'pause', target: targetOf(edge.to), text: `pause: ${name}`, ...times };
}

/** Calls that the caller itself refuses, though nothing has happened. */
export function refusals(edge: Edge, model: Model): Omit<Experiment, 'edits'> {
  return {
    fault: undefined,
    subject: edgeSubject(edge, model),
    what: { kind: 'rejected' },
    name: `calls of ${edge.name} that are refused in calm weather`,
    during: 'fault',
    good: 'little',
  };
}
