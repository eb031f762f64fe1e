const node = 'https://nodejs.org/api/http.html';
const undici =
  'https://github.com/nodejs/undici/blob/main/docs/docs/api/Pool.md#parameter-pooloptions';

/** What opens connections for HTTP, and what it does with them where the code says nothing. */
export interface AgentKind {
  /** The module that it is of, and its names there. Undefined: all of them. */
  readonly module: string;
  readonly names: readonly string[] | undefined;
  /** The options that bound its connections. */
  readonly limits: readonly string[];
  /** Without such an option. */
  readonly connectionsMax: number;
  /** The option by which connections are kept. Undefined: they are. */
  readonly keeps: string | undefined;
  /** Options of which the connections depend in a way that no reader can tell. */
  readonly unclear: readonly string[];
  /** Without that option. */
  readonly keepsAlive: boolean;
  readonly source: string;
}

const limits = ['maxSockets', 'maxTotalSockets'];
const ofNode = {
  names: ['Agent'],
  limits,
  connectionsMax: Infinity,
  keeps: 'keepAlive',
  unclear: [],
  keepsAlive: false,
  source: `${node}#new-agentoptions`,
};

export const agentKinds: readonly AgentKind[] = [
  { module: 'http', ...ofNode },
  { module: 'https', ...ofNode },
  {
    module: 'agentkeepalive',
    names: undefined,
    limits,
    connectionsMax: Infinity,
    keeps: 'keepAlive',
    unclear: [],
    keepsAlive: true,
    source: 'https://github.com/node-modules/agentkeepalive#new-agentoptions',
  },
  {
    module: 'undici',
    names: ['Agent', 'Pool', 'BalancedPool', 'ProxyAgent', 'EnvHttpProxyAgent'],
    limits: ['connections'],
    connectionsMax: Infinity,
    keeps: undefined,
    // A factory makes connections itself; one of HTTP/2 carries many requests at once.
    unclear: ['factory', 'allowH2'],
    keepsAlive: true,
    source: undici,
  },
  {
    module: 'undici',
    names: ['Client'],
    limits: [],
    connectionsMax: 1,
    keeps: undefined,
    unclear: ['allowH2'],
    keepsAlive: true,
    source: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md',
  },
];

/** Clients that open connections by themselves, by version: none of them bounds their number. */
export interface ClientAgent {
  readonly package: string;
  readonly from: string;
  readonly below?: string;
  /** `runtime`: as the global agent of Node does. */
  readonly keepsAlive: boolean | 'runtime';
  readonly source: string;
}

const closing = 'https://github.com/node-fetch/node-fetch/pull/1736';

export const clientAgents: readonly ClientAgent[] = [
  {
    package: 'axios',
    from: '0.1.0',
    keepsAlive: 'runtime',
    source: 'https://axios-http.com/docs/req_config',
  },
  {
    package: 'got',
    from: '12.0.0',
    keepsAlive: 'runtime',
    source: 'https://github.com/sindresorhus/got/blob/main/documentation/2-options.md#agent',
  },
  {
    package: 'superagent',
    from: '7.0.0',
    keepsAlive: 'runtime',
    source: 'https://ladjs.github.io/superagent/#agents-for-global-state',
  },
  // Asked for the connection to be closed, with each request, until that was taken out.
  { package: 'node-fetch', from: '2.0.0', below: '2.6.13', keepsAlive: false, source: closing },
  { package: 'node-fetch', from: '2.6.13', below: '3.0.0', keepsAlive: 'runtime', source: closing },
  { package: 'node-fetch', from: '3.0.0', below: '3.3.2', keepsAlive: false, source: closing },
  { package: 'node-fetch', from: '3.3.2', keepsAlive: 'runtime', source: closing },
  { package: 'undici', from: '5.0.0', keepsAlive: true, source: undici },
];
