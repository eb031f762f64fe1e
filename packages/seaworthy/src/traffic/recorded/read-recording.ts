import type { RandomStream } from '@seaworthy/policy/engine';

import { isTrace, spansOf } from '../../model/import/traces/read.ts';
import { accessLogRecording } from './access-log.ts';
import { har, harRecording } from './har.ts';
import { type Recording, RecordingError } from './recording.ts';
import { traceRecording } from './trace.ts';

/** So much of a file tells what it is. */
const startLength = 65_536;

/**
 * What a HAR file, traces or an access log have recorded: the text says which of them it is.
 *
 * @param chance draws what a log leaves open, where in a second a request came
 * @throws RecordingError when it is none of them, or nothing in it can be sent again
 */
export function readRecording(text: string, file: string, chance: RandomStream): Recording {
  const recording = recordingOf(text, file, chance);
  if (recording.arrivals.length > 0) return recording;
  const whys = Object.entries(recording.leftOut).map(([why, count]) => `${count} ${why}`);
  const found = whys.length === 0 ? 'it has no requests' : `left out: ${whys.join(', ')}`;
  throw new RecordingError(file, 1, 'nothing in it can be sent', found);
}

function recordingOf(text: string, file: string, chance: RandomStream): Recording {
  const start = text.slice(0, startLength);
  if (isTrace(start)) {
    const spans = spansOf(text);
    if (spans !== undefined) return traceRecording(spans);
    throw new RecordingError(file, 1, 'not traces', 'OTLP as JSON, or what Jaeger downloads');
  }
  if (!start.trimStart().startsWith('{')) return accessLogRecording(text, file, chance);
  const read = har.safeParse(parsed(text, file));
  if (read.success) return harRecording(read.data);
  const { path, message } = read.error.issues[0]!;
  throw new RecordingError(file, 1, `no HAR file: ${path.join('.')}`, message);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RecordingError(file, 1, 'no JSON', (error as Error).message);
  }
}
