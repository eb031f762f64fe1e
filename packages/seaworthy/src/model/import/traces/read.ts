import type { NotUnderstood } from '../landscape.ts';
import { jaeger, jaegerSpans } from './jaeger.ts';
import type { Measured } from './measure.ts';
import { measure } from './measure.ts';
import { otlp, otlpSpans } from './otlp.ts';
import { requestsOf } from './requests.ts';
import type { Span } from './span.ts';

/** What a file of traces begins with. */
export function isTrace(start: string): boolean {
  return /"resourceSpans"|"traceID"/.test(start);
}

/** Reads traces: OTLP as JSON, one export or one in each line, or what Jaeger downloads. */
export function readTraces(
  text: string,
  file: string,
  notUnderstood: NotUnderstood[],
): Measured | undefined {
  const spans = spansOf(text);
  if (spans === undefined) {
    const why = 'neither spans of OTLP as JSON nor traces of Jaeger';
    notUnderstood.push({ file, line: 1, column: 1, why, isBroken: true });
    return undefined;
  }
  let [from, to] = [Infinity, -Infinity];
  for (const { startMs, endMs } of spans)
    [from, to] = [Math.min(from, startMs), Math.max(to, endMs)];
  return measure(requestsOf(spans), file, to - from);
}

/** Undefined: it is no file of traces. */
export function spansOf(text: string): readonly Span[] | undefined {
  const whole = parsed(text);
  if (whole !== undefined) return spansIn(whole);
  const lines = text.split('\n').filter((it) => it.trim() !== '');
  const all = lines.map((line) => spansIn(parsed(line)));
  return all.every((it) => it !== undefined) ? all.flat() : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one document: perhaps one in each line.
    return undefined;
  }
}

function spansIn(value: unknown): readonly Span[] | undefined {
  const ofOtlp = otlp.safeParse(value);
  if (ofOtlp.success) return otlpSpans(ofOtlp.data);
  const ofJaeger = jaeger.safeParse(value);
  return ofJaeger.success ? jaegerSpans(ofJaeger.data) : undefined;
}
