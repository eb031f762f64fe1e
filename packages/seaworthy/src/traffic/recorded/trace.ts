import type { Span } from '../../model/import/traces/span.ts';
import { Recorder, type Recording } from './recording.ts';

/** The name of a span of a server, by the semantic conventions: `GET /cart`. */
const operation = /^([A-Z]+) (\/\S*)$/;

/**
 * The requests that came from outside: spans of servers whose caller has no span in the file.
 * Traces name routes, not paths: a route with parameters cannot be sent.
 */
export function traceRecording(spans: readonly Span[]): Recording {
  const recorder = new Recorder();
  const known = new Set(spans.map(({ trace, id }) => `${trace} ${id}`));
  for (const { trace, parent, kind, operation: name, startMs } of spans) {
    if (kind !== 'server') continue;
    if (parent !== undefined && known.has(`${trace} ${parent}`)) continue;
    const [, method, path] = operation.exec(name) ?? [];
    if (method === undefined) recorder.leaveOut('an operation that is no method and path');
    else if (/[:{}*<>]/.test(path!)) recorder.leaveOut('a route with parameters');
    else recorder.add(startMs, { method, path: path!, headers: {}, body: undefined });
  }
  return recorder.recording();
}
