import type { Landscape } from '../../model/import/landscape.ts';
import { folderLandscape } from '../../model/import/testing/folder-landscape.ts';

/** What else there is beside the route. */
interface Beside {
  /** Keys of the traffic policy of payments. */
  readonly policy?: string;
  /** A variable of both, beside the address of payments. */
  readonly environment?: string;
  /** A seaworthy.yaml. */
  readonly model?: string;
  /** Further files. */
  readonly files?: Readonly<Record<string, string>>;
}

/** web calls payments, in a mesh of Istio, by a route with these keys. */
export function onIstio(
  route: string,
  { policy, environment, model, files = {} }: Beside = {},
): Landscape {
  const lines = route.split('\n').map((line) => `      ${line}\n`);
  const virtualService = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payments }
spec:
  hosts: [payments]
  http:
    - route: [{ destination: { host: payments } }]
${lines.join('')}`;
  const destinationRule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: payments }
spec: { host: payments, trafficPolicy: { ${policy} } }
`;
  const objects = [
    deployment('web', 30, environment),
    deployment('payments', 2, environment),
    virtualService,
  ];
  if (policy !== undefined) objects.push(destinationRule);
  return folderLandscape({
    'mesh.yaml': objects.join('---\n'),
    ...(model !== undefined && { 'seaworthy.yaml': model }),
    ...files,
  });
}

function deployment(name: string, replicas: number, variable?: string): string {
  const address = '{ name: PAYMENTS_URL, value: "http://payments:8080" }';
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: ${name}
          image: shop/${name}:1.4.2
          ports: [{ containerPort: 8080 }]
          env: [${variable === undefined ? address : `${address}, ${variable}`}]
`;
}
