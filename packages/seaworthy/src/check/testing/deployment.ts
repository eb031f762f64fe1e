import type { Landscape } from '../../model/import/landscape.ts';
import { folderLandscape } from '../../model/import/testing/folder-landscape.ts';

/** A deployment of so many replicas, with this in its pod. */
export function deployment(replicas: string, pod = ''): Landscape {
  return folderLandscape({
    'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      ${pod}
      containers: [{ name: web, image: "example/web:1" }]
`,
  });
}
