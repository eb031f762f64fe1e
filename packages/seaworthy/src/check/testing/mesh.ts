import type { Landscape } from '../../model/import/landscape.ts';
import { folderLandscape } from './landscape.ts';

/** web calls payments, in a mesh of Istio, by a route with these keys. */
export function onIstio(route: string): Landscape {
  const lines = route.split('\n').map((line) => `      ${line}\n`);
  const virtualService = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payments }
spec:
  hosts: [payments]
  http:
    - route: [{ destination: { host: payments } }]
${lines.join('')}`;
  const text = [deployment('web', 30), deployment('payments', 2), virtualService].join('---\n');
  return folderLandscape({ 'mesh.yaml': text });
}

function deployment(name: string, replicas: number): string {
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
          env: [{ name: PAYMENTS_URL, value: "http://payments:8080" }]
`;
}
