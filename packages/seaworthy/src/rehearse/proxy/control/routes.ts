import type { Edge } from '../edge.ts';
import type { FaultSettings } from '../fault.ts';
import type { ActiveFault } from '../plan/active-fault.ts';
import type { EdgePlan, Proxies } from '../proxies.ts';
import { ApiError } from './api-error.ts';
import { metricsText } from './metrics-text.ts';
import { type ProxyRequest, readPlan } from './plan-text.ts';
import { proxyJson, settingsJson, toxicJson } from './proxy-json.ts';

/** The version of Toxiproxy whose API this is. */
export const apiVersion = '2.12.0';

/** What a route is given. */
export interface ApiRequest {
  readonly method: string;
  /** The decoded steps of the path. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
}

export interface ApiResponse {
  readonly status: number;
  /** Undefined: no body. */
  readonly json?: unknown;
  readonly text?: string;
}

/**
 * Answers one request.
 *
 * @throws ApiError, ModelError, or what the operating system says.
 */
export async function answer(proxies: Proxies, request: ApiRequest): Promise<ApiResponse> {
  const [root, name, section, toxic] = request.path;
  const depth = request.path.length;
  if (root === 'proxies' && depth === 1) return allProxies(proxies, request);
  if (root === 'proxies' && depth === 2) return oneProxy(proxies, name!, request);
  if (root === 'proxies' && section === 'toxics' && depth === 3) {
    return allToxics(edgeOf(proxies, name!), request);
  }
  if (root === 'proxies' && section === 'toxics' && depth === 4) {
    return oneToxic(edgeOf(proxies, name!), toxic!, request);
  }
  if (depth === 1) return rest(proxies, root!, request);
  throw notFound();
}

async function rest(proxies: Proxies, root: string, request: ApiRequest): Promise<ApiResponse> {
  switch (`${request.method} ${root}`) {
    case 'POST populate':
      return populate(proxies, request.body);
    case 'POST reset':
      await proxies.reset();
      return { status: 204 };
    case 'GET version':
      return { status: 200, json: { version: apiVersion } };
    case 'GET metrics':
      return { status: 200, text: metricsText(proxies) };
    case 'GET journal':
      return { status: 200, json: journal(proxies, request.query) };
    default:
      throw ['populate', 'reset', 'version', 'metrics', 'journal'].includes(root)
        ? wrongMethod()
        : notFound();
  }
}

async function allProxies(proxies: Proxies, { method, body }: ApiRequest): Promise<ApiResponse> {
  if (method === 'GET') {
    const json = Object.fromEntries(proxies.edges.map((edge) => [edge.name, proxyJson(edge)]));
    return { status: 200, json };
  }
  if (method !== 'POST') throw wrongMethod();
  const asked = readPlan(body, 'body', (reader) => reader.proxy());
  if (proxies.get(asked.name) !== undefined) throw new ApiError('proxy already exists', 409);
  const [edge] = await proxies.put([planOf(asked)]);
  return { status: 201, json: proxyJson(edge!) };
}

/** All of them, or none: those that are there keep what nothing is said of. */
async function populate(proxies: Proxies, body: string): Promise<ApiResponse> {
  const asked = readPlan(body, 'body', (reader) => reader.proxies());
  const edges = await proxies.put(asked.map(planOf));
  return { status: 201, json: { proxies: edges.map(proxyJson) } };
}

/** Where nothing is said, nobody else can connect. */
const listenDefault = { host: '127.0.0.1', port: 0 };

/** What is asked for, to the letter, for {@link Proxies.put}. */
export function planOf(asked: ProxyRequest): EdgePlan {
  const { name, listen = listenDefault, upstream, protocol, enabled, faults } = asked;
  return { edge: { name, listen, upstream, protocol }, faults, enabled };
}

async function oneProxy(
  proxies: Proxies,
  name: string,
  { method, body }: ApiRequest,
): Promise<ApiResponse> {
  const edge = edgeOf(proxies, name);
  switch (method) {
    case 'GET':
      return { status: 200, json: proxyJson(edge) };
    case 'POST':
    case 'PATCH': {
      const change = readPlan(body, 'body', (reader) => reader.proxyChange());
      const listen = change.listen ?? edge.listen;
      const upstream = change.upstream ?? edge.upstream;
      const enabled = change.enabled ?? edge.isStarted;
      const settings = { name, listen, upstream, protocol: edge.protocol };
      await proxies.put([{ edge: settings, faults: change.faults, enabled }]);
      return { status: 200, json: proxyJson(edge) };
    }
    case 'DELETE':
      await proxies.remove(name);
      return { status: 204 };
    default:
      throw wrongMethod();
  }
}

async function allToxics(edge: Edge, { method, body }: ApiRequest): Promise<ApiResponse> {
  switch (method) {
    case 'GET':
      return { status: 200, json: edge.plan.map(toxicJson) };
    case 'POST': {
      const asked = readPlan(body, 'body', (reader) => reader.toxic());
      if (faultOf(edge, asked.name) !== undefined) throw new ApiError('toxic already exists', 409);
      await edge.replaceFaults([...settingsOf(edge), asked]);
      return { status: 200, json: toxicJson(faultOf(edge, asked.name)!) };
    }
    case 'PUT':
      await edge.replaceFaults(readPlan(body, 'body', (reader) => reader.toxics()));
      return { status: 200, json: edge.plan.map(toxicJson) };
    default:
      throw wrongMethod();
  }
}

async function oneToxic(
  edge: Edge,
  name: string,
  { method, body }: ApiRequest,
): Promise<ApiResponse> {
  const fault = faultOf(edge, name);
  if (fault === undefined) throw new ApiError('toxic not found', 404);
  switch (method) {
    case 'GET':
      return { status: 200, json: toxicJson(fault) };
    case 'POST':
    case 'PATCH': {
      const changed = changedBy(fault, body);
      await edge.replaceFaults(
        settingsOf(edge).map((each) => (each === fault.settings ? changed : each)),
      );
      return { status: 200, json: toxicJson(faultOf(edge, name)!) };
    }
    case 'DELETE':
      await edge.replaceFaults(settingsOf(edge).filter((each) => each !== fault.settings));
      return { status: 204 };
    default:
      throw wrongMethod();
  }
}

/** What is left out stays as it is, of the attributes too. */
function changedBy({ settings }: ActiveFault, body: string): FaultSettings {
  const now = settingsJson(settings);
  const given = readPlan(body, 'body', (reader) => reader.map());
  for (const key of ['name', 'type', 'stream']) {
    if (given[key] === undefined || given[key] === now[key]) continue;
    const told = `bad request body: ${key}: it cannot be changed; make another toxic`;
    throw new ApiError(told, 400);
  }
  const before = now['attributes'] as Attributes;
  const attributes = isMap(given['attributes']) ? merged(before, given['attributes']) : before;
  const changed = { ...now, ...given, attributes };
  return readPlan(JSON.stringify(changed), 'body', (reader) => reader.toxic());
}

type Attributes = Readonly<Record<string, unknown>>;

/** The first of each excludes the others, and the other way round. */
const rivals = { distribution: ['latency', 'jitter'], bytes: ['timeout'] };

/** What is given now takes the place of what it excludes. */
function merged(before: Attributes, given: Attributes): Attributes {
  const attributes = { ...before, ...given };
  for (const [one, others] of Object.entries(rivals)) {
    if (!(one in attributes)) continue;
    if (one in given) for (const other of others) delete attributes[other];
    else if (others.some((other) => other in given)) delete attributes[one];
  }
  return attributes;
}

function isMap(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function journal(proxies: Proxies, query: URLSearchParams): unknown {
  const after = query.get('after') ?? '0';
  if (!/^\d{1,15}$/.test(after)) {
    throw new ApiError(
      `after: not the number of an injection: ${after}; write, for example, 0`,
      400,
    );
  }
  const injections = proxies.journal.after(Number(after));
  return { total: proxies.journal.total, injections };
}

function edgeOf(proxies: Proxies, name: string): Edge {
  const edge = proxies.get(name);
  if (edge === undefined) throw new ApiError('proxy not found', 404);
  return edge;
}

function faultOf(edge: Edge, name: string): ActiveFault | undefined {
  return edge.plan.find(({ settings }) => settings.name === name);
}

function settingsOf(edge: Edge): FaultSettings[] {
  return edge.plan.map(({ settings }) => settings);
}

function notFound(): ApiError {
  return new ApiError('no such path', 404);
}

function wrongMethod(): ApiError {
  return new ApiError('no such method here', 405);
}
