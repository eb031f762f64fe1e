import type { FileOrigin } from '../../model/import/landscape.ts';

/** `k8s/web.yaml:14:7`. */
export function placeText({ file, line, column }: FileOrigin): string {
  return `${file}:${line}:${column}`;
}
