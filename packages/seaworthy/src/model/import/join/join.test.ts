import { describe, expect, it } from 'vitest';

import { folderLandscape } from '../testing/folder-landscape.ts';

const webFolder = {
  'web/package.json': '{ "name": "web" }',
  'web/Dockerfile': 'FROM node:22.3-alpine\nCMD node main.js\n',
};

describe('addresses that several workloads are given at once', () => {
  const shop = (environment: string, others = '') => `x-addresses: &addresses
  PAYMENTS_URL: http://payments:8080
services:
  web: { build: ./web, environment: ${environment} }
  mail: { image: 'mail:1', environment: *addresses }
  payments: { image: 'payments:1' }
${others}`;
  const edges = (compose: string, files = {}) =>
    folderLandscape({ 'compose.yaml': compose, ...webFolder, ...files }).edges.map(
      ({ from, to, found }) => `${from} -> ${to} ${found.value}`,
    );

  it('do not say who calls', () => {
    expect(edges(shop('*addresses'))).toEqual([
      'web -> payments shared',
      'mail -> payments shared',
    ]);
  });

  it('are chosen where a workload has one of its own, or its code calls', () => {
    expect(edges(shop('{ PAYMENTS_URL: "http://payments:8080" }'))).toEqual([
      'web -> payments environment',
      'mail -> payments environment',
    ]);
    const code = "await fetch('http://payments:8080/pay', { signal: AbortSignal.timeout(100) });\n";
    expect(edges(shop('*addresses'), { 'web/main.js': code })).toEqual([
      'web -> payments environment',
      'mail -> payments shared',
    ]);
  });

  it('of a ConfigMap are shared as a whole, and chosen by a key', () => {
    const workload = (name: string, environment: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: '${name}:1', ${environment} }] }
---`;
    const map = 'envFrom: [{ configMapRef: { name: addresses } }]';
    const key =
      'env: [{ name: PAYMENTS, valueFrom: { configMapKeyRef: { name: addresses, key: PAYMENTS } } }]';
    const manifests = [
      workload('web', map),
      workload('mail', map),
      workload('till', key),
      workload('payments', 'ports: [{ containerPort: 80 }]'),
      '\napiVersion: v1\nkind: Service\nmetadata: { name: payments }\nspec: { selector: { app: payments } }',
      '\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: addresses }\ndata: { PAYMENTS: "payments:80" }',
    ];
    const { edges: found } = folderLandscape({ 'all.yaml': manifests.join('') });
    expect(found.map((edge) => `${edge.from} ${edge.found.value}`)).toEqual([
      'web shared',
      'mail shared',
      'till environment',
    ]);
  });
});

describe('a mesh', () => {
  const deployment = (name: string, marks = '{}') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  template:
    metadata: { labels: { app: ${name} }, annotations: ${marks} }
    spec:
      containers:
        - { name: ${name}, image: '${name}:1', env: [{ name: SHOP, value: 'shop:80' }] }
---
`;
  const service = (ports: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec: { selector: { app: shop }, ports: [${ports}] }\n---\n`;
  const layers = (ports: string, rest = '', caller = deployment('web')) =>
    folderLandscape({ 'all.yaml': [caller, deployment('shop'), service(ports), rest].join('') })
      .edges[0]!.layers;
  const istio = (kind: string, spec: string) =>
    `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: shop }\nspec: ${spec}\n`;
  const toShop = 'http: [{ route: [{ destination: { host: shop } }] }]';

  it.each([
    ['a rule for a destination', istio('DestinationRule', '{ host: shop }'), 1],
    ['a route of the mesh', istio('VirtualService', `{ hosts: [shop], ${toShop} }`), 1],
    [
      'a route of both',
      istio('VirtualService', `{ gateways: [mesh, a], hosts: ['*'], ${toShop} }`),
      1,
    ],
    [
      'a route of a gateway',
      istio('VirtualService', `{ gateways: [a], hosts: ['*'], ${toShop} }`),
      0,
    ],
    ['a gateway', istio('Gateway', '{ selector: { istio: ingressgateway } }'), 0],
  ])('is shown, or not, by %s', (_, object, count) => {
    expect(layers('{ port: 80 }', object)).toHaveLength(count);
  });

  it('is shown by what injects the sidecar', () => {
    const inject = (value: string) => deployment('web', `{ sidecar.istio.io/inject: '${value}' }`);
    expect(layers('{ port: 80 }', '', inject('true'))).toHaveLength(1);
    expect(layers('{ port: 80 }', '', inject('false'))).toHaveLength(0);
  });

  it('hands on what is not HTTP as it is, and knows nothing of compose', () => {
    const rule = istio('DestinationRule', '{ host: shop }');
    expect(layers('{ port: 5672, name: shop-amqp }, { port: 15672, name: http }', rule)).toEqual(
      [],
    );
    expect(
      layers('{ port: 8080, name: http }, { port: 8081, name: http-pages }', rule),
    ).toHaveLength(1);
    const compose =
      "services:\n  web: { image: 'web:1', environment: { SHOP: 'shop:80' } }\n  shop: { image: 'shop:1' }\n";
    expect(
      folderLandscape({ 'compose.yaml': compose, 'mesh.yaml': rule }).edges[0]!.layers,
    ).toEqual([]);
  });
});

describe('what browsers run', () => {
  const libraries = (start: string, base: string): readonly string[] =>
    folderLandscape({
      'compose.yaml': 'services:\n  web: { build: ./web }\n',
      'web/Dockerfile': `FROM node:22.3\nRUN npm run build\nFROM ${base}\n`,
      'web/package.json': `{ "name": "web", "scripts": { "start": "${start}" }, "dependencies": { "axios": "1.9.0" } }`,
    }).libraries.map(({ who }) => who);

  it('calls nobody from the server', () => {
    expect(libraries('node server.js', 'node:22.3-alpine')).toEqual(['axios 1.9.0']);
    expect(libraries('node server.js', 'nginx:1.29')).toEqual([]);
    expect(libraries('vite --host', 'node:22.3-alpine')).toEqual([]);
  });
});
