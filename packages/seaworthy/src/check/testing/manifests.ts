import type { Landscape } from '../../model/import/landscape.ts';
import { folderLandscape } from '../../model/import/testing/folder-landscape.ts';

/** Lines of YAML, each so far to the right. */
function indented(text: string, by: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => `${' '.repeat(by)}${line}\n`).join('');
}

interface Pod {
  /** Keys of the container beside name, image and ports. */
  readonly container?: string;
  /** Keys of the pod beside its containers. */
  readonly pod?: string;
  /** Keys of the deployment beside its template. */
  readonly spec?: string;
  /** Instead of `{ app: web }`. */
  readonly labels?: string;
  /** Further documents. */
  readonly more?: string;
  readonly kind?: string;
  /** Files beside the manifest. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A Deployment named web that listens on port 8080. */
function webDeployment({
  container = '',
  pod = '',
  spec = '',
  labels = '{ app: web }',
  more = '',
  kind = 'Deployment',
}: Pod): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: { name: web }
spec:
${indented(spec, 2)}  template:
    metadata: { labels: ${labels} }
    spec:
${indented(pod, 6)}      containers:
        - name: web
          image: shop/web:1.4.2
          ports: [{ containerPort: 8080 }]
${indented(container, 10)}---
${more}`;
}

/** What {@link webDeployment} says. */
export function onKubernetes(pod: Pod): Landscape {
  return folderLandscape({ 'web.yaml': webDeployment(pod), ...pod.files });
}

/** A compose file with these services. */
export function onCompose(services: string): Landscape {
  return folderLandscape({ 'compose.yaml': `services:\n${indented(services, 2)}` });
}

/** An autoscaler of the Deployment named web, with these keys beside what it scales. */
export function webAutoscaler(keys: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
${indented(keys, 2)}`;
}
