import type { Model, RunSettings } from '../model.ts';
import type { Context, FileParts } from './context.ts';
import type { Problems } from '../problems.ts';
import type { Located } from '../source/located.ts';
import { checkCalls } from './calls.ts';
import { checkLocks } from './locks.ts';
import { EdgeTable } from './edges.ts';
import { resolveQueues } from './queues.ts';
import { resolveScenarios } from './scenarios.ts';
import { resolveServices } from './services.ts';
import { resolveExpectations, resolveLimits, resolveObjectives } from './statements.ts';
import { resolveTraffic } from './traffic.ts';
import { checkSystem } from './system.ts';

/** The effective model of a file. Means nothing when there are problems. */
export function resolve(
  parts: FileParts,
  root: Located,
  environment: string | undefined,
  problems: Problems,
): Model {
  const serviceNames = [...parts.services.keys()];
  const sourceNames = [...parts.traffic.keys()];
  const queueNames = [...parts.queues.keys()];
  const rowsNames = [...parts.rows.keys()];
  const context: Context = {
    parts,
    root,
    problems,
    serviceNames,
    sourceNames,
    queueNames,
    rowsNames,
  };
  const table = new EdgeTable(context);
  const sources = resolveTraffic(context, table);
  const queues = resolveQueues(context, table);
  const services = resolveServices(context, table);
  table.useFallbacks();
  // Without a service's steps, or a source, nobody can say which edges are used, and what an index
  // means.
  const isWhole = [
    ...parts.services.values(),
    ...parts.queues.values(),
    ...parts.traffic.values(),
  ].every(Boolean);
  table.checkNames(isWhole);
  if (!problems.any) checkCalls(context, table, { services, queues, sources });
  if (!problems.any) checkLocks(context, table, services);
  const edges = table.edges();
  const names = edges.map((edge) => edge.name);
  const subjects = {
    services: serviceNames,
    sources: sourceNames,
    queues: queueNames,
    rows: rowsNames,
    // A source that cannot be read has told so: nothing more is said of its classes.
    classesOf: (name: string) =>
      sources.find((source) => source.name === name)?.criticality ?? possibleClasses,
    edges: names,
    edgeIndex: (name: string) => (isWhole ? names.indexOf(name) : possibleEdge(name, context)),
  };
  const model: Model = {
    name: parts.name,
    environment,
    services,
    queues,
    rows: [...parts.rows].map(([name, entry]) => ({ name, count: entry?.count ?? 1 })),
    sources,
    edges,
    scenarios: resolveScenarios(context, services, subjects),
    objectives: resolveObjectives(context, subjects),
    expectations: resolveExpectations(context, subjects),
    limits: resolveLimits(context),
    run: resolveRun(parts),
  };
  checkSystem(context, model);
  return model;
}

const possibleClasses = [0.25, 0.25, 0.25, 0.25];

function resolveRun({ run }: FileParts): RunSettings {
  const { replications, seed } = run;
  return { forMs: run.for, warmUpMs: run.warmUp, replications, seed };
}

/** Whether there may be such an edge, where a part of the file cannot be read: 0, or -1. */
function possibleEdge(name: string, { serviceNames, sourceNames, queueNames }: Context): number {
  const [from, to] = name.split(' -> ');
  const callers = [...serviceNames, ...sourceNames, ...queueNames];
  return callers.includes(from ?? '') && serviceNames.includes(to ?? '') ? 0 : -1;
}
