import { prefix, type Series } from './series.ts';

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const escapes: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' };

/**
 * What a page in the text format of Prometheus says of policies. Lines that it does not know are
 * left out: they are other people's metrics.
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function seriesOfText(text: string): readonly Series[] {
  const found: Series[] = [];
  for (const written of text.split('\n')) {
    if (!prefix.test(written)) continue;
    const match = line.exec(written.trim());
    const value = match === null ? Number.NaN : Number(match[3]);
    if (match === null || !Number.isFinite(value)) continue;
    found.push({ name: plainName(match[1]!), labels: labelsOf(match[2] ?? ''), value });
  }
  return found;
}

function plainName(name: string): string {
  return name
    .replace(prefix, '')
    .replace(/_total$/, '')
    .replace(/_seconds(_bucket|_sum|_count)?$/, '$1');
}

function labelsOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(label)].map(([, name, value]) => [name!, unescaped(value!)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (all, escape: string) => escapes[escape] ?? all);
}
