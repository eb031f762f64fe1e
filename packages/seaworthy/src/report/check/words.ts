import type { FileOrigin, Origin } from '../../model/import/landscape.ts';

/** `k8s/web.yaml:14`, `default of undici 7.30.2`, `trace spans.json, 412 spans`. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'file':
      return `${origin.file}:${origin.line}`;
    case 'default':
      return `default of ${origin.of}`;
    case 'trace':
      return `trace ${origin.file}, ${origin.spans.toLocaleString('en-US')} spans`;
    case 'guess':
      return `guess: ${origin.why}`;
  }
}

/** `k8s/web.yaml:14:7`. */
export function placeText({ file, line, column }: FileOrigin): string {
  return `${file}:${line}:${column}`;
}
