import type { Model } from '../model.ts';
import type { Context, FileParts } from './context.ts';
import type { Problems } from '../problems.ts';
import type { Located } from '../source/located.ts';
import { EdgeTable } from './edges.ts';
import { resolveScenarios } from './scenarios.ts';
import { resolveServices } from './services.ts';
import { resolveExpectations, resolveObjectives } from './statements.ts';
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
  const context: Context = { parts, root, problems, serviceNames, sourceNames };
  const table = new EdgeTable(context);
  const sources = resolveTraffic(context, table);
  const services = resolveServices(context, table);
  table.useFallbacks();
  // Without a service's steps, or a source, nobody can say which edges are used.
  const isWhole = [...parts.services.values(), ...parts.traffic.values()].every(Boolean);
  if (isWhole) table.checkUnused();
  const edges = table.edges();
  checkSystem(context, services, edges);
  const edgeNames = edges.map((edge) => edge.name);
  const subjects = { services: serviceNames, edges: edgeNames, sources: sourceNames };
  const { run } = parts;
  return {
    name: parts.name,
    environment,
    services,
    sources,
    edges,
    scenarios: resolveScenarios(context, { services, edgeNames }),
    objectives: resolveObjectives(context, subjects),
    expectations: resolveExpectations(context, subjects),
    run: {
      forMs: run.for,
      warmUpMs: run.warmUp,
      replications: run.replications,
      seed: run.seed,
    },
  };
}
