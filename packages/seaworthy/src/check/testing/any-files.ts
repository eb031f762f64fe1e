import { tracesOfWeb } from './traces.ts';

/** A small system that is written down in each format. */
export const files: Readonly<Record<string, string>> = {
  'compose.yaml': `services:
  gate:
    image: shop/gate:1.2
    command: [node, gate.js]
    environment: { WEB_URL: "http://web:8080", WEB_TIMEOUT_MS: "800", WEB_RETRIES: "2" }
    healthcheck: { test: [CMD, curl, localhost], interval: 10s, timeout: 2s, retries: 3 }
    deploy: { replicas: 2, resources: { limits: { cpus: "0.5", memory: 256M } } }
    depends_on: { db: { condition: service_healthy } }
    stop_grace_period: 15s
    logging: { driver: json-file, options: { max-size: 10m } }
  db: { image: "postgres:17", command: "postgres -c max_connections=80" }
`,
  'k8s/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 25%, maxUnavailable: 1 } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 40
      containers:
        - name: web
          image: shop/web:1.4.2
          ports: [{ containerPort: 8080 }]
          env:
            - { name: PAYMENTS_URL, value: "http://payments:8080" }
            - { name: DATABASE_URL, value: "postgres://db/shop" }
            - { name: DATABASE_POOL_SIZE, value: "20" }
          resources: { requests: { cpu: 250m, memory: 128Mi }, limits: { memory: 1Gi } }
          livenessProbe: { httpGet: { path: /live, port: 8080 }, periodSeconds: 10 }
          readinessProbe: { httpGet: { path: /ready, port: 8080 }, timeoutSeconds: 2 }
          lifecycle: { preStop: { exec: { command: [sleep, "5"] } } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 9
  metrics: [{ type: Resource, resource: { name: cpu, target: { averageUtilization: 60 } } }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 50%, selector: { matchLabels: { app: web } } }
`,
  'k8s/kustomization.yaml': `resources: [web.yaml]
replicas: [{ name: web, count: 4 }]
patches:
  - target: { kind: Deployment, name: web }
    patch: |-
      - { op: replace, path: /spec/template/spec/terminationGracePeriodSeconds, value: 50 }
`,
  'istio.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payments }
spec:
  hosts: [payments]
  http:
    - match: [{ headers: { canary: { exact: "1" } } }]
      route: [{ destination: { host: payments, subset: v2 } }]
    - route: [{ destination: { host: payments, subset: v1 }, weight: 100 }]
      timeout: 2s
      retries: { attempts: 3, perTryTimeout: 500ms, retryOn: "5xx,reset", backoff: 50ms }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: payments }
spec:
  host: payments
  subsets: [{ name: v1 }, { name: v2 }]
  trafficPolicy:
    connectionPool: { tcp: { maxConnections: 100, connectTimeout: 200ms }, http: { maxRetries: 3 } }
    outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 50, interval: 10s }
`,
  'envoy.yaml': `static_resources:
  listeners:
    - filter_chains:
        - filters:
            - typed_config:
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route:
                            cluster: books
                            timeout: 3s
                            retry_policy: { retry_on: 5xx, num_retries: 2, per_try_timeout: 1s }
  clusters:
    - name: books
      connect_timeout: 0.25s
      circuit_breakers: { thresholds: [{ max_connections: 50, max_pending_requests: 10 }] }
      outlier_detection: { consecutive_5xx: 5, max_ejection_percent: 20 }
`,
  '.env': 'HTTP_TIMEOUT=30s\nAPI_TOKEN="abc def"\nexport LEVEL=debug # loud\nEMPTY=\nA=${LEVEL}\n',
  'pgbouncer.ini': `[databases]
shop = host=db pool_size=30
[pgbouncer]
default_pool_size = 20
max_client_conn = 200
query_wait_timeout = 10
`,
  'rollout.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: books }
spec:
  replicas: 4
  strategy:
    canary:
      analysis: { templates: [{ templateName: ok }] }
      steps: [{ setWeight: 10 }, { pause: { duration: 10m } }]
  template: { spec: { containers: [{ name: books, image: "shop/books:1" }] } }
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: ok }
spec:
  metrics:
    - name: ok
      interval: 1m
      count: 5
      failureLimit: 2
      successCondition: result[0] >= 0.99
      provider: { prometheus: { query: "sum(rate(ok[5m]))" } }
`,
  'flagger.yaml': `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec:
  targetRef: { kind: Deployment, name: web }
  analysis:
    interval: 30s
    threshold: 5
    stepWeight: 10
    maxWeight: 50
    metrics: [{ name: request-success-rate, thresholdRange: { min: 99 }, interval: 1m }]
`,
  'alerts.yaml': `groups:
  - name: web
    rules:
      - alert: Slow
        expr: histogram_quantile(0.99, rate(x[5m])) > 1
        for: 5m
        labels: { severity: page }
        annotations: { runbook_url: "https://example.org" }
`,
  'slo.yaml': `apiVersion: openslo/v1
kind: SLO
metadata: { name: web }
spec:
  service: web
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.999, displayName: success }]
`,
  'jaeger.json': tracesOfWeb({
    requests: 3,
    everyMs: 100,
    takesMs: () => 20,
    calls: 'payments',
    failsEvery: 2,
  }),
  'otlp.json': JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'web' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: 'a',
                spanId: 'b',
                name: 'GET /',
                kind: 2,
                startTimeUnixNano: '1700000000000000000',
                endTimeUnixNano: '1700000000050000000',
              },
            ],
          },
        ],
      },
    ],
  }),
};
