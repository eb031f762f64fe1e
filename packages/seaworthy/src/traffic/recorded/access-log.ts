import type { RandomStream } from '@seaworthy/policy/engine';

import { readLogTime } from './calendar.ts';
import { Recorder, type Recording, RecordingError } from './recording.ts';

/**
 * Common Log Format, as Apache and nginx write it; the combined one says more at its end:
 * https://httpd.apache.org/docs/2.4/logs.html#accesslog
 */
const line = /^\S+ \S+ .*?\[([^\]]+)\] "((?:[^"\\]|\\.)*)" \d{3} /;
const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+)(?: HTTP\/[\d.]+)?$/;

const MS_PER_S = 1000;

/**
 * The requests of an access log: methods and paths, for it has neither headers nor bodies. It has
 * whole seconds, too: within each of them the requests come at times that are drawn.
 *
 * @throws RecordingError when no line is one of a log
 */
export function accessLogRecording(text: string, file: string, chance: RandomStream): Recording {
  const recorder = new Recorder();
  for (const one of text.split('\n')) {
    if (one.trim() === '') continue;
    const match = line.exec(one);
    const atMs = match === null ? undefined : readLogTime(match[1]!);
    if (match === null || atMs === undefined) {
      recorder.leaveOut('not a line of an access log');
      continue;
    }
    const [, method, path] = requestLine.exec(match[2]!) ?? [];
    if (method === undefined || !path!.startsWith('/')) {
      recorder.leaveOut('without a request');
      continue;
    }
    const drawnMs = atMs + chance.next() * MS_PER_S;
    recorder.add(drawnMs, { method, path: path!, headers: {}, body: undefined });
  }
  if (recorder.count === 0) {
    const expected =
      'a HAR file, traces (OTLP as JSON, or of Jaeger), or an access log in the common or the ' +
      'combined format';
    throw new RecordingError(file, 1, 'not a recording', expected);
  }
  return recorder.recording();
}
