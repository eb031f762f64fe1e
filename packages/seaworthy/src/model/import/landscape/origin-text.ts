import { wholeText } from '../../quantity-text.ts';
import type { FileOrigin, Origin } from './setting.ts';

/** `k8s/web.yaml:14`, `default of undici 7.30.2`, `trace spans.json, 412 spans`. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'file':
      return `${origin.file}:${origin.line}`;
    case 'default':
      return `default of ${origin.of}`;
    case 'trace': {
      const { file, spans } = origin;
      return `trace ${file}, ${wholeText(spans)} ${spans === 1 ? 'span' : 'spans'}`;
    }
    case 'guess':
      return `guess: ${origin.why}`;
  }
}

/** `k8s/web.yaml:14:7`. */
export function placeText({ file, line, column }: Omit<FileOrigin, 'kind'>): string {
  return `${file}:${line}:${column}`;
}
