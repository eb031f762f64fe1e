import { uniqueServices } from '../compose/unique.ts';
import { meshOf } from '../istio/mesh.ts';
import { routesOf } from '../istio/routes.ts';
import { kustomized } from '../kubernetes/kustomize/apply.ts';
import { isOnKubernetes } from '../kubernetes/platform.ts';
import { opaqueServices } from '../kubernetes/protocols.ts';
import { uniqueObjects } from '../kubernetes/unique.ts';
import { workloadsOf } from '../kubernetes/workloads.ts';
import type { CallEdge, Landscape, Workload } from '../landscape.ts';
import { alertsOf } from '../alerts/read.ts';
import { serviceLevelsOf } from '../openslo/read.ts';
import type { Parts } from '../parts.ts';
import { confAlone, databasesOf } from '../postgres/read.ts';
import { argoCanaries } from '../rollouts/argo.ts';
import { flaggerCanaries } from '../rollouts/flagger.ts';
import type { NamedCall, Ways } from './calls.ts';
import { codedEdge, edgeOf, namedCalls } from './calls.ts';
import { codeOf } from './code.ts';
import type { KnownLibrary } from './libraries.ts';
import { librariesOf } from './libraries.ts';
import { measuredServices, withMeasured } from './measured.ts';
import { Names } from './names.ts';
import { withRuntimes } from './runtime.ts';
import { codedCalls, codedObjects } from './source-calls.ts';
import { cacheOf, poolOf } from './stores.ts';

/** What all files say together. */
export function join(parts: Parts): Landscape {
  const objects = uniqueObjects(
    kustomized(parts.kubernetes, parts.kustomizations, parts.notUnderstood),
    parts.notUnderstood,
  );
  const workloads = withRuntimes(
    [
      ...uniqueServices(parts.workloads, parts.notUnderstood, parts.environment),
      ...workloadsOf(objects, parts.secrets),
    ],
    parts.folders,
  );
  const names = new Names(workloads);
  const mesh = meshOf(objects);
  const ways: Ways = {
    objects,
    mesh,
    proxied: parts.proxied,
    names,
    opaque: opaqueServices(objects),
    onKubernetes: new Set(workloads.filter(isOnKubernetes).map((it) => it.serves)),
  };
  const calls = namedCalls(workloads, names);
  const libraries = new Map(workloads.map((it) => [it, librariesOf(it)] as const));
  const coded = codedCalls(parts.sources, workloads, names);
  const edges = calls.map((call) => {
    const inCode = coded.find(
      (it) => it.to === call.to && it.workload.serves === call.workload.serves,
    );
    return edgeOf(call, inCode, clientOf(call, libraries.get(call.workload)!)?.use, ways);
  });
  const onlyCoded = coded.filter(
    (it) => !edges.some((edge) => edge.to === it.to && edge.from === it.workload.serves),
  );
  const all = [...edges, ...onlyCoded.map((it) => codedEdge(it, ways))];
  const databases = databasesOf(
    workloads,
    parts.postgres.map((it) => it.settings),
  );
  const alone = databases.some((it) => it.kind === 'postgresql') ? [] : parts.postgres;
  return {
    workloads,
    edges: withMeasured(withModels(all, parts), parts.traces, names),
    routes: [
      ...objects.flatMap((it) => routesOf(it, objects)),
      ...parts.proxied.map((it) => it.route),
    ],
    mesh,
    databases: [...databases, ...alone.map((it) => confAlone(it.source, it.settings))],
    poolers: parts.poolers,
    ...storesOf(workloads, calls, edges, libraries, parts.sources),
    ...codeOf(workloads, parts.sources),
    libraries: [...libraries.values()].flat().map((it) => it.use),
    canaries: [...argoCanaries(objects), ...flaggerCanaries(objects)],
    alerts: [
      ...parts.alerts,
      ...objects
        .filter((it) => it.kind === 'PrometheusRule')
        .flatMap((it) => alertsOf(it.value.get('spec') ?? it.value)),
    ],
    objectives: serviceLevelsOf(objects),
    certificates: parts.certificates,
    environmentFiles: parts.environmentFiles,
    measured: measuredServices(parts.traces, names),
    models: parts.models,
    read: parts.read,
    notUnderstood: parts.notUnderstood,
  };
}

/** The library that speaks to the callee, where there is one and no other. */
function clientOf(
  { protocol }: NamedCall,
  libraries: readonly KnownLibrary[],
): KnownLibrary | undefined {
  const speaking = libraries.filter(
    ({ entry }) => entry.speaks === protocol && entry.call?.timeoutMs !== undefined,
  );
  return speaking.length === 1 ? speaking[0] : undefined;
}

/** A model says what the application does; what stands on the way says the rest. */
function withModels(edges: readonly CallEdge[], { modelEdges }: Parts): readonly CallEdge[] {
  const joined = edges.map((edge) => {
    const stated = modelEdges.find((it) => it.from === edge.from && it.to === edge.to);
    if (stated === undefined) return edge;
    const others = edge.layers.filter((it) => it.kind === 'mesh' || it.kind === 'proxy');
    return { ...edge, found: stated.found, layers: [...stated.layers, ...others] };
  });
  const known = new Set(edges.map((it) => `${it.from}\n${it.to}`));
  return [...joined, ...modelEdges.filter((it) => !known.has(`${it.from}\n${it.to}`))];
}

/** Pools and clients of caches: one for each store that is named, else one for each driver. */
function storesOf(
  workloads: readonly Workload[],
  calls: readonly NamedCall[],
  edges: readonly CallEdge[],
  libraries: ReadonlyMap<Workload, readonly KnownLibrary[]>,
  sources: Parts['sources'],
): Pick<Landscape, 'pools' | 'caches'> {
  const pools = [];
  const caches = [];
  for (const workload of workloads) {
    const drivers = libraries.get(workload)!.filter(({ entry }) => entry.pool ?? entry.cache);
    const coded = codedObjects(workload, sources, workloads);
    const mine = calls.filter((it) => it.workload === workload);
    const served = new Set<KnownLibrary>();
    for (const call of mine) {
      const driver = drivers.find(({ entry }) => entry.speaks === call.protocol);
      const use = { ...call, edge: edges[calls.indexOf(call)]! };
      if (driver !== undefined) served.add(driver);
      if (call.protocol !== 'http' && call.protocol !== 'grpc') {
        pools.push(poolOf(workload, driver, use, coded));
      }
      if (driver !== undefined) caches.push(cacheOf(workload, driver, use));
    }
    for (const driver of drivers.filter((it) => !served.has(it))) {
      pools.push(poolOf(workload, driver, undefined, coded));
      caches.push(cacheOf(workload, driver, undefined));
    }
  }
  return {
    pools: pools.filter((it) => it !== undefined),
    caches: caches.filter((it) => it !== undefined),
  };
}
