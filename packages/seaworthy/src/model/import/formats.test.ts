import { describe, expect, it } from 'vitest';

import type { Landscape, Setting } from './landscape.ts';
import { folderLandscape } from './testing/folder-landscape.ts';

function read(files: Readonly<Record<string, string>>): Landscape {
  const landscape = folderLandscape(files);
  expect(landscape.notUnderstood).toEqual([]);
  return landscape;
}

/** Its value, and where it is from: `800 compose.yaml:4`, `10 pg 8.11.0`. */
function said(setting: Setting<unknown> | undefined): string {
  if (setting === undefined) return 'nothing';
  const { origin, value } = setting;
  if (origin.kind === 'file') return `${String(value)} ${origin.file}:${origin.line}`;
  return `${String(value)} ${origin.kind === 'default' ? origin.of : origin.kind}`;
}

const web = `services:
  web:
    build: ./web
    environment:
      PAYMENTS_URL: http://payments:8080
      PAYMENTS_TIMEOUT: \${WAIT:-2s}
      PAYMENTS_RETRIES: 2
      DATABASE_URL: postgres://db/shop
  payments: { image: 'payments:1' }
  db: { image: 'postgres:17', command: 'postgres -c max_connections=\${CONNECTIONS}' }
`;

const webPackage = {
  'web/package.json': '{ "name": "web", "dependencies": { "pg": "^8.0.0", "axios": "^1.0.0" } }',
  'web/Dockerfile': 'FROM node:22.3-alpine\nCMD node main.js\n',
};
const npmLock = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    'node_modules/pg': { version: '8.11.0' },
    'node_modules/axios': { version: '1.7.2' },
  },
});

describe('compose', () => {
  const files = { 'compose.yaml': web, '.env': 'CONNECTIONS=200\n', ...webPackage };

  it('has variables filled in, and says what its variables say of calls', () => {
    const { edges, databases } = read(files);
    const [layer] = edges.find((one) => one.to === 'payments')!.layers;
    expect(said(layer!.tryTimeoutMs)).toBe('2000 compose.yaml:6');
    expect(said(layer!.attempts)).toBe('3 compose.yaml:7');
    expect(said(databases[0]!.connectionsMax)).toBe('200 compose.yaml:10');
    expect(said(databases[0]!.connectionsReserved)).toBe('3 PostgreSQL');
  });

  it.each([
    ['package-lock.json', npmLock],
    ['yarn.lock', 'pg@^8.0.0:\n  version "8.11.0"\n\n"axios@^1.0.0":\n  version "1.7.2"\n'],
    ['pnpm-lock.yaml', 'packages:\n\n  pg@8.11.0:\n    x: 1\n\n  axios@1.7.2:\n    x: 1\n'],
  ])('has the defaults of drivers by the versions of %s', (name, text) => {
    const { edges, pools, servers, workloads } = read({ ...files, [`web/${name}`]: text });
    expect(said(pools[0]!.size)).toBe('10 pg 8.11.0');
    expect(said(pools[0]!.acquireTimeoutMs)).toBe('Infinity pg 8.11.0');
    const layers = edges.find((one) => one.to === 'db')!.layers;
    expect(layers.map(({ who }) => who)).toEqual(['pg 8.11.0']);
    expect(said(servers[0]!.keepAliveTimeoutMs)).toBe('5000 Node 22.3');
    const runtime = workloads[0]!.containers[0]!.runtime!;
    expect(said(runtime.nodeVersion)).toBe('22.3 web/Dockerfile:1');
    expect(runtime.image!.shellForm!.value).toBe(true);
  });

  it('has what the code says, where that says it', () => {
    const code = `const pool = new Pool({ max: 4 });
const server = http.createServer();
server.keepAliveTimeout = 65_000;
await fetch(\`\${process.env.PAYMENTS_URL}/pay\`, { signal: AbortSignal.timeout(900) });
`;
    const { edges, pools, servers, variableReads } = read({
      ...files,
      'compose.yaml': web.replace(/ {6}PAYMENTS_(TIMEOUT|RETRIES).*\n/g, ''),
      'web/package-lock.json': npmLock,
      'web/main.js': code,
    });
    expect(said(pools[0]!.size)).toBe('4 web/main.js:1');
    expect(said(servers[0]!.keepAliveTimeoutMs)).toBe('65000 web/main.js:3');
    const [layer] = edges.find((one) => one.to === 'payments')!.layers;
    expect(said(layer!.tryTimeoutMs)).toBe('900 web/main.js:4');
    expect(variableReads.map(({ name }) => name)).toEqual(['PAYMENTS_URL']);
  });
});

describe('Envoy', () => {
  it('has routes, and bounds that nobody wrote', () => {
    const { edges } = read({
      'compose.yaml': web,
      'envoy.yaml': `static_resources:
  listeners:
    - filter_chains:
        - filters:
            - typed_config:
                route_config:
                  virtual_hosts:
                    - routes:
                        - match: { prefix: / }
                          route:
                            cluster: pay
                            retry_policy: { retry_on: 5xx, num_retries: 3, per_try_timeout: 0.5s }
  clusters:
    - name: pay
      circuit_breakers: { thresholds: [{ max_requests: 50 }] }
      load_assignment:
        endpoints:
          - lb_endpoints:
              - endpoint: { address: { socket_address: { address: payments, port_value: 80 } } }
`,
    });
    const layer = edges.find((one) => one.to === 'payments')!.layers.at(-1)!;
    expect(layer.who).toBe('envoy');
    expect(said(layer.attempts)).toBe('4 envoy.yaml:12');
    expect(said(layer.tryTimeoutMs)).toBe('500 envoy.yaml:12');
    expect(said(layer.timeoutMs)).toBe('15000 Envoy');
    expect(said(layer.inFlightMax)).toBe('50 envoy.yaml:15');
    expect(said(layer.connectionsMax)).toBe('1024 Envoy');
  });
});

describe('settings beside a system', () => {
  it('are those of PgBouncer and PostgreSQL', () => {
    const { poolers, databases } = read({
      'pgbouncer.ini':
        '[databases]\nshop = host=db pool_size=5\n[pgbouncer]\npool_mode = transaction\n',
      'postgresql.conf': "max_connections = 300 # many\nshared_buffers '1GB'\n",
    });
    expect(said(poolers[0]!.poolMode)).toBe('transaction pgbouncer.ini:4');
    expect(said(poolers[0]!.clientsMax)).toBe('100 PgBouncer');
    expect(said(poolers[0]!.databases[0]!.poolSize)).toBe('5 pgbouncer.ini:2');
    expect(said(databases[0]!.connectionsMax)).toBe('300 postgresql.conf:1');
    expect(databases[0]!.settings['shared_buffers']!.value).toBe('1GB');
  });

  it('are canaries, alerts and objectives', () => {
    const { canaries, alerts, objectives } = read({
      'rollout.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  strategy:
    canary:
      steps: [{ setWeight: 20 }, { pause: { duration: 5m } }]
      analysis: { templates: [{ templateName: errors }] }
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: errors }
spec:
  metrics:
    - { name: errors, interval: 30s, provider: { prometheus: { query: 'sum(rate(x[1m]))' } } }
---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: api }
spec:
  targetRef: { name: api }
  analysis:
    { interval: 1m, threshold: 3, stepWeight: 20, maxWeight: 60, metrics: [{ name: success }] }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: web-success }
spec:
  service: web
  indicator: { spec: { ratioMetric: {} } }
  timeWindow: [{ duration: 28d }]
  objectives: [{ target: 0.999 }]
`,
      'rules.yml':
        'groups:\n  - name: g\n    rules:\n      - alert: Slow\n        expr: up == 0\n        for: 5m\n',
    });
    const [argo, flagger] = canaries;
    expect(argo!.steps.map((one) => one.weightShare?.value ?? one.pauseMs?.value)).toEqual([
      0.2, 300_000,
    ]);
    expect(said(argo!.analyses[0]!.failureLimit)).toBe('0 Argo Rollouts');
    expect(said(argo!.analyses[0]!.query)).toBe('sum(rate(x[1m])) rollout.yaml:15');
    expect(flagger!.steps.map((one) => one.weightShare!.value)).toEqual([0.2, 0.4, 0.6]);
    expect(said(flagger!.analyses[0]!.failureLimit)).toMatch(/^3 rollout.yaml/);
    expect(alerts.map((one) => [one.name, said(one.forMs)])).toEqual([
      ['Slow', '300000 rules.yml:6'],
    ]);
    expect(objectives.map((one) => [one.kind, said(one.target)])).toEqual([
      ['success', '0.999 rollout.yaml:32'],
    ]);
  });
});
