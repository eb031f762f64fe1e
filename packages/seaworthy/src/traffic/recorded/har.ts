import { z } from 'zod';

import { readIsoTime } from './calendar.ts';
import { Recorder, type Recording } from './recording.ts';

const header = z.looseObject({ name: z.string(), value: z.string() });

const entry = z.looseObject({
  startedDateTime: z.string(),
  request: z.looseObject({
    method: z.string(),
    url: z.string(),
    headers: z.array(header).default([]),
    postData: z.looseObject({ text: z.string().optional() }).optional(),
  }),
});

/** HTTP Archive 1.2, what browsers save: http://www.softwareishard.com/blog/har-12-spec/ */
export const har = z.looseObject({ log: z.looseObject({ entries: z.array(entry) }) });

/** They are of a connection, or the generator's own to say. */
const ownHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The requests to one host: the one that most of them went to. A page also loads from others, which
 * the target is not.
 */
export function harRecording({ log }: z.output<typeof har>): Recording {
  const recorder = new Recorder();
  const urls = log.entries.map(({ request }) =>
    URL.canParse(request.url) ? new URL(request.url) : undefined,
  );
  const host = mostFrequent(urls.flatMap((url) => (url === undefined ? [] : [url.host])));
  for (const [index, { startedDateTime, request }] of log.entries.entries()) {
    const url = urls[index];
    const atMs = readIsoTime(startedDateTime);
    if (url === undefined || url.host !== host) recorder.leaveOut(`not to ${host}`);
    else if (atMs === undefined) recorder.leaveOut('without a time');
    else {
      const { method, headers, postData } = request;
      const path = `${url.pathname}${url.search}`;
      recorder.add(atMs, { method, path, headers: sent(headers), body: postData?.text });
    }
  }
  return recorder.recording();
}

function sent(headers: readonly z.output<typeof header>[]): Record<string, string> {
  const all = headers.map(({ name, value }) => [name.toLowerCase(), value] as const);
  // The names that HTTP/2 begins with a colon are the request line of HTTP/1.
  return Object.fromEntries(all.filter(([name]) => !name.startsWith(':') && !ownHeaders.has(name)));
}

function mostFrequent(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'any host';
}
