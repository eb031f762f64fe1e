import type { Evidence } from '../../check/finding.ts';
import type { FileOrigin, Origin } from '../../model/import/landscape.ts';
import { durationText, numberText, rateText, shareText } from '../../model/quantity-text.ts';

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

/** The value with its unit, as people write it. */
export function evidenceText({ value, unit }: Evidence): string {
  if (typeof value !== 'number') return String(value);
  if (unit === 'duration') return durationText(value);
  if (value === Infinity) return 'no limit';
  switch (unit) {
    case 'rate':
      return rateText(value);
    case 'size':
      return sizeText(value);
    case 'share':
      return shareText(value);
    case 'count':
    case 'text':
      return numberText(value);
  }
}

const sizeUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

function sizeText(bytes: number): string {
  let size = bytes;
  let step = 0;
  while (size >= 1024 && step < sizeUnits.length - 1) {
    size /= 1024;
    step++;
  }
  return `${numberText(size)} ${sizeUnits[step]!}`;
}
