import { describe, expect, it } from 'vitest';

import { check } from '../check.ts';
import { folderLandscape } from '../../model/import/testing/folder-landscape.ts';
import { rules } from './rules.ts';

/** What each rule says of a folder in which every setting is right. */
function findings(files: Readonly<Record<string, string>>): readonly string[] {
  const landscape = folderLandscape(files);
  // It is quiet because all is right, not because nothing was read.
  expect(landscape.notUnderstood).toEqual([]);
  expect(landscape.edges.map(({ from, to }) => `${from} -> ${to}`)).toContain('web -> payments');
  return check(landscape, rules).findings.map(({ id, what }) => `${id}: ${what}`);
}

const model = `seaworthy: 1
name: shop
run: { for: 300s, warmUp: 10s }
services:
  web:
    replicas: 4
    cores: 2
    concurrency: 64
    queue: { limit: 64, order: codel }
    start: { readyAfter: { p50: 4s, p99: 12s } }
    steps: [{ cpu: 2ms }, { call: payments }]
  payments:
    replicas: 4
    cores: 2
    concurrency: 32
    queue: { limit: 16, maxWait: 200ms }
    start: { readyAfter: { p50: 4s, p99: 12s } }
    steps: [{ wait: { p50: 40ms, p99: 200ms } }]
calls:
  web -> payments:
    deadline: 1500ms
    timeout: 600ms
    propagate: true
    retry: { attempts: 2, backoff: { base: 50ms, jitter: full }, budget: { share: 10% } }
    breaker: { failures: 50%, of: 20, within: 10s, probes: 1 }
    limit: { concurrency: 32, queue: { limit: 8, maxWait: 100ms } }
traffic:
  shoppers: { to: web, rate: 200/s }
objectives: [web success > 99%, payments success > 99.5%, web p99 < 1s]
`;

const compose = `services:
  web:
    image: shop/web:1.4.2
    init: true
    command: [node, server.js]
    ports: ["80:8080"]
    stop_grace_period: 20s
    environment: { PAYMENTS_URL: "http://payments:8080", PAYMENTS_TIMEOUT_MS: "800" }
    depends_on: { payments: { condition: service_healthy } }
    healthcheck: { test: [CMD, curl, localhost:8080/live], start_period: 20s }
    logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }
  payments:
    image: shop/payments:2.0.1
    init: true
    command: [node, server.js]
    expose: ["8080"]
    stop_grace_period: 20s
    healthcheck: { test: [CMD, curl, localhost:8080/live], start_period: 20s }
    logging: { driver: local }
`;

function deployment(name: string, environment: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      terminationGracePeriodSeconds: 40
      dnsConfig: { options: [{ name: ndots, value: "2" }] }
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: { matchLabels: { app: ${name} } }
      containers:
        - name: ${name}
          image: shop/${name}:1.4.2
          command: [node, server.js]
          ports: [{ containerPort: 8080 }]
          env: [${environment}]
          resources: { requests: { cpu: 500m, memory: 256Mi }, limits: { memory: 512Mi } }
          lifecycle: { preStop: { sleep: { seconds: 8 } } }
          startupProbe: { httpGet: { path: /live, port: 8080 }, failureThreshold: 30 }
          readinessProbe: { httpGet: { path: /health, port: 8080 } }
          livenessProbe:
            httpGet: { path: /live, port: 8080 }
            timeoutSeconds: 5
            failureThreshold: 6
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name} }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  minReplicas: 3
  maxReplicas: 12
  metrics: [{ type: Pods, pods: { metric: { name: in_flight } } }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name} }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: ${name} } } }
---
`;
}

const address = '{ name: PAYMENTS_URL, value: "http://payments:8080" }';
const ownTimeout = '{ name: PAYMENTS_TIMEOUT_MS, value: "800" }';

const istio = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payments }
spec:
  hosts: [payments]
  http:
    - timeout: 1500ms
      retries:
        attempts: 1
        perTryTimeout: 600ms
        retryOn: connect-failure,refused-stream,reset-before-request
      route: [{ destination: { host: payments } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: payments }
spec:
  host: payments
  trafficPolicy:
    connectionPool: { tcp: { connectTimeout: 200ms }, http: { maxRetries: 3 } }
---
`;

describe('a shop in which every setting is right has no finding', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['as a model', { 'seaworthy.yaml': model }],
    ['with compose', { 'compose.yaml': compose }],
    [
      'on Kubernetes',
      { 'shop.yaml': deployment('web', `${address}, ${ownTimeout}`) + deployment('payments', '') },
    ],
    ['in a mesh', { 'shop.yaml': deployment('web', address) + deployment('payments', '') + istio }],
    [
      'on Kubernetes, beside its model',
      {
        'seaworthy.yaml': model,
        'shop.yaml': deployment('web', address) + deployment('payments', ''),
      },
    ],
  ])('%s', (_, files) => {
    expect(findings(files)).toEqual([]);
  });
});
