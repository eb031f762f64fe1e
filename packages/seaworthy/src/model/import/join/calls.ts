import type { ProxiedHost } from '../envoy/read.ts';
import { destinationOf } from '../istio/destination-rules.ts';
import { layerTo } from '../istio/routes.ts';
import type { KubernetesObject } from '../kubernetes/objects.ts';
import { isOnKubernetes } from '../kubernetes/platform.ts';
import type { CallEdge, Database, FileOrigin, Mesh, PolicyLayer } from '../landscape.ts';
import type { LibraryUse, Variable, Workload } from '../landscape.ts';
import { databaseKind } from '../postgres/read.ts';
import { placeText } from '../landscape/origin-text.ts';
import type { NamedSettings } from './conventions.ts';
import { namedSettings } from './conventions.ts';
import type { KnownLibrary } from './libraries.ts';
import type { Names } from './names.ts';
import { hostsIn } from './names.ts';
import type { CodedCall } from './source-calls.ts';

type Protocol = KnownLibrary['entry']['speaks'];

/** One variable by which a workload knows another. */
export interface NamedCall {
  readonly workload: Workload;
  readonly to: string;
  readonly variable: Variable;
  readonly protocol: Protocol;
  readonly named: NamedSettings;
  /** Other workloads have the variable from the same place: nobody chose it for this one. */
  readonly isShared: boolean;
}

/** The calls that variables show, each pair once. */
export function namedCalls(workloads: readonly Workload[], names: Names): readonly NamedCall[] {
  const kinds = new Map(
    workloads.map((it) => [it.serves, databaseKind(it.containers[0]?.image?.value ?? '')]),
  );
  const calls = new Map<string, NamedCall>();
  // What is deployed counts more than what is started to develop it.
  const deployed = workloads.toSorted(
    (a, b) => Number(isOnKubernetes(b)) - Number(isOnKubernetes(a)),
  );
  for (const workload of deployed) {
    const all = workload.containers.flatMap((it) => it.environment);
    for (const variable of all) {
      for (const host of hostsIn(variable.name, variable.value?.value ?? '')) {
        const to = names.of(host);
        const id = `${workload.serves}\n${to}`;
        if (to === undefined || to === workload.serves || calls.has(id)) continue;
        const protocol = protocolOf(variable, kinds.get(to));
        const named = namedSettings(variable.name, all);
        calls.set(id, { workload, to, variable, protocol, named, isShared: false });
      }
    }
  }
  return withShared([...calls.values()]);
}

function withShared(calls: readonly NamedCall[]): readonly NamedCall[] {
  const callers = new Map<string, Set<string>>();
  for (const { workload, variable } of calls) {
    const place = placeText(variable.at);
    callers.set(place, (callers.get(place) ?? new Set()).add(workload.serves));
  }
  return calls.map((it) => ({ ...it, isShared: callers.get(placeText(it.variable.at))!.size > 1 }));
}

const schemes: Readonly<Record<string, Protocol>> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  mysql: 'mysql',
  mongodb: 'mongodb',
  redis: 'redis',
  rediss: 'redis',
  grpc: 'grpc',
};

function protocolOf(variable: Variable, kind: Database['kind'] | undefined): Protocol {
  const scheme = /^([a-z][a-z\d]*)(?:\+[a-z]+)?:\/\//i.exec(variable.value?.value ?? '')?.[1];
  const said = schemes[scheme?.toLowerCase() ?? ''];
  if (said !== undefined) return said;
  return kind === undefined || kind === 'other' ? 'http' : kind;
}

/** What stands around all calls. */
export interface Ways {
  readonly objects: readonly KubernetesObject[];
  readonly mesh: Mesh | undefined;
  readonly proxied: readonly ProxiedHost[];
  readonly names: Names;
  /** What the mesh does not speak HTTP with. */
  readonly opaque: ReadonlySet<string>;
  /** What the callers that have a sidecar where there is a mesh serve as. */
  readonly onKubernetes: ReadonlySet<string>;
}

/** The edge of a call, with all that has a policy on its way, from the caller's code outwards. */
export function edgeOf(
  call: NamedCall,
  coded: CodedCall | undefined,
  library: LibraryUse | undefined,
  ways: Ways,
): CallEdge {
  const { workload, to, variable } = call;
  const stated = mergeLayers(call.named.layer, coded?.layer);
  const named = { ...call.named, layer: stated };
  const layers = [stated, libraryLayer(library, named), ...layersOnTheWay(call, ways)];
  const origin: FileOrigin = variable.at;
  return {
    from: workload.serves,
    to,
    found: { value: call.isShared && coded === undefined ? 'shared' : 'environment', origin },
    layers: layers.filter((it) => it !== undefined),
    writes: undefined,
    optional: undefined,
    measured: undefined,
  };
}

/** The edge of a call that only source code shows. */
export function codedEdge({ workload, to, at, layer }: CodedCall, ways: Ways): CallEdge {
  const layers = [layer, ...layersOnTheWay({ workload, to, protocol: 'http' }, ways)];
  return {
    from: workload.serves,
    to,
    found: { value: 'source', origin: at },
    layers: layers.filter((it) => it !== undefined),
    writes: undefined,
    optional: undefined,
    measured: undefined,
  };
}

/** Variables win over what the code says itself, which is what it does without them. */
function mergeLayers(
  named: PolicyLayer | undefined,
  coded: PolicyLayer | undefined,
): PolicyLayer | undefined {
  return named === undefined || coded === undefined ? (named ?? coded) : { ...coded, ...named };
}

/** What proxies and the mesh do to calls of a callee. */
function layersOnTheWay(
  { workload, to, protocol }: Pick<NamedCall, 'workload' | 'to' | 'protocol'>,
  ways: Ways,
): readonly PolicyLayer[] {
  const { mesh, objects, proxied, names, opaque } = ways;
  const isCallee = (host: string): boolean => names.of(host) === to;
  const proxies = proxied.filter((it) => isCallee(it.host)).slice(0, 1);
  const layers = proxies.map((it) => it.layer);
  const isHttp = (protocol === 'http' || protocol === 'grpc') && !opaque.has(to);
  const isInMesh = mesh !== undefined && ways.onKubernetes.has(workload.serves);
  if (!isInMesh || !isHttp) return layers;
  return [...layers, { ...layerTo(isCallee, objects), ...destinationOf(isCallee, objects) }];
}

/** What the application says itself is told to the library: that is no layer of its own. */
function libraryLayer(
  library: LibraryUse | undefined,
  { layer, connectTimeoutMs }: NamedSettings,
): PolicyLayer | undefined {
  if (library === undefined) return undefined;
  const rest: Record<string, unknown> = { ...library.layer };
  if (layer?.tryTimeoutMs !== undefined || layer?.timeoutMs !== undefined) {
    delete rest['timeoutMs'];
    delete rest['tryTimeoutMs'];
  }
  if (layer?.attempts !== undefined) {
    for (const key of ['attempts', 'backoff', 'retryOn', 'retryMethods']) delete rest[key];
  }
  if (connectTimeoutMs !== undefined) delete rest['connectTimeoutMs'];
  return Object.keys(rest).length > 3 ? (rest as unknown as PolicyLayer) : undefined;
}
