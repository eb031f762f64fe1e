import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { RecordError } from './record-error.ts';
import { readRecord } from './record-reader.ts';
import { writeRecord } from './record-writer.ts';
import { tinyRun } from './testing/tiny-run.ts';

let folder = '';
let header = '';
let lines = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seaworthy-reader-'));
  await writeRecord(folder, tinyRun(), { outcome: 'pass' });
  header = await readFile(join(folder, 'run.json'), 'utf8');
  lines = gunzipSync(await readFile(join(folder, 'events.ndjson.gz'))).toString();
});

afterAll(() => rm(folder, { recursive: true }));

/** Reads the record with other contents; the name of the folder does not matter in messages. */
async function read(files: { header?: string; lines?: string; bytes?: Buffer }): Promise<unknown> {
  await writeFile(join(folder, 'run.json'), files.header ?? header);
  const bytes = files.bytes ?? gzipSync(files.lines ?? lines);
  await writeFile(join(folder, 'events.ndjson.gz'), bytes);
  return readRecord(folder).catch((error: unknown) => {
    if (!(error instanceof RecordError)) throw error;
    return error.message.replaceAll(folder, '.');
  });
}

describe('a header is refused', () => {
  it.each([
    ['"schema": 1', '"schema": 2', 'schema is 2, expected 1, the version that can be read here'],
    ['"schema": 1,', '', 'schema is missing, expected 1'],
    ['"simulate"', '"dream"', 'world is "dream", expected "simulate"'],
    ['"seed": 7', '"seed": -7', 'seed is -7, expected a whole number from 0'],
    ['"durationMs": 2000', '"durationMs": "2s"', 'durationMs is "2s", expected a number'],
    ['"hash": "c0ffee"', '"hash": 5', 'model.hash is 5, expected a text'],
    ['"status": "complete"', '"status": "done"', 'status is "done", expected "running" or'],
    ['"services": [', '"services": [3,', 'services[0] is 3, expected a text'],
    ['"services": [', '"services": ["db",', 'is a list of 1, expected 2 numbers, one a service'],
    ['"seed": 7', '"seed": 7, "publishersOfQueue": [[]]', 'is a list of 1, expected 0 lists, one'],
    ['"seed": 7', '"seed": 7, "publishersOfQueue": [["a"]]', '[0][0] is "a", expected "web"'],
    ['"eventsDropped": 0', '"eventsDropped": null', 'eventsDropped is null, expected a whole'],
    ['{', '', 'run.json is "\\n  \\"schema\\": 1'],
  ])('with %s as %s', async (from, to, message) => {
    expect(header).toContain(from);
    expect(await read({ header: header.replace(from, to) })).toContain(message);
  });

  it('when it is no object, or not there', async () => {
    expect(await read({ header: '[]' })).toBe('./run.json is a list of 0, expected an object');
    await expect(readRecord(join(folder, 'nowhere'))).rejects.toThrow(
      'does not exist: this is no run record',
    );
  });

  it('when it is deeply nested, or larger than any', async () => {
    expect(await read({ header: '['.repeat(1e5) })).toContain('expected JSON');
    const deep = `{"schema": ${'['.repeat(1e5)}${']'.repeat(1e5)}}`;
    expect(await read({ header: deep })).toContain('schema is a list of 1, expected 1');
    expect(await read({ header: ' '.repeat(17e6) })).toContain('bytes, expected 16000000 at most');
  });
});

describe('a line is refused', () => {
  it.each([
    ['{"event"', '{"evil"', 'is "{\\"evil\\"', 'expected an interval, an event or a task'],
    ['{"event"', '["event"', 'line 1 is "[\\"event\\"', 'expected JSON'],
    ['queue-full"', 'full"', 'line 1: event.kind is "full", expected one of fault-began'],
    ['"atMs":1000', '"atMs":1', 'line 3: event.atMs is 1, expected 250.5 or later'],
    ['"fromMs":1000', '"fromMs":1001', 'interval.fromMs is 1001, expected 1000, without a gap'],
    ['"toMs":1000', '"toMs":-1', 'interval.fromMs is 0, expected 0'],
    ['"offered":[6]', '"offered":[6,6]', 'interval.edges.offered is a list of 2, expected 1 val'],
    ['"offered":[6]', '"offered":6', 'interval.edges.offered is 6, expected a list'],
    ['"offered":[6]', '"offered":[1e999]', 'edges.offered[0] is null, expected a whole number'],
    ['"offered":[6]', '"offered":[0.5]', 'edges.offered[0] is 0.5, expected a whole number from 0'],
    ['"offered"', '"offert"', 'edges is "offert", expected one of offered, succeeded'],
    ['{"timeout":2}', '{"__proto__":2}', 'edges.failed[0] is "__proto__", expected a reason'],
    ['{"timeout":2}', '{"timeout":"2"}', 'edges.failed[0].timeout is "2", expected a whole'],
    ['{"timeout":2}', '7', 'edges.failed[0] is 7, expected an object'],
    ['"latency":["', '"latency":["x ', 'edges.latency[0]: a histogram is 5 words, not 6'],
    ['"latency":["', '"latency":[[],"', 'edges.latency is a list of 2, expected 1 values'],
    ['[2,10,3,1]', '[2,10,3,1,1]', 'services.replicas[0][0] is a list of 5, expected four numbers'],
    [
      ',"replicas":[[[2,10,3,1],[1,10,1,0]]]',
      '',
      'services.replicas[0] is missing, expected a list',
    ],
  ])('with %s as %s', async (from, to, ...messages) => {
    expect(lines).toContain(from);
    const answer = await read({ lines: lines.replace(from, to) });
    for (const message of messages) expect(answer).toContain(message);
  });

  it('that has no end, in a run that is complete', async () => {
    expect(await read({ lines: lines.trimEnd() })).toBe('./events.ndjson.gz, line 5 has no end');
  });

  it('that is longer than any', async () => {
    const message = './events.ndjson.gz, line 1 has more than 16000000 characters';
    expect(await read({ lines: ' '.repeat(17e6) })).toBe(message);
  });

  it('that repeats without end', async () => {
    const [event] = lines.split('\n');
    const message = './events.ndjson.gz, line 100001: more than 100000 events';
    expect(await read({ lines: `${event}\n`.repeat(100_002) })).toBe(message);
  });

  it('that makes much of little', async () => {
    const names = JSON.stringify(Array.from({ length: 300_000 }, () => 'a'));
    const message = 'line 1: more than 250000 samples of edges and services';
    expect(
      await read({
        header: header
          .replace('[\n    "people -> web"\n  ]', names)
          .replace(/"services": \[[^\]]*\]/, '"services": []')
          .replace(/"replicasOfService": \[[^\]]*\]/, '"replicasOfService": []'),
        lines: '{"interval":{"fromMs":0,"toMs":1,"edges":{},"services":{}}}\n',
      }),
    ).toContain(message);
  });
});

describe('bytes are refused', () => {
  it('that did not come from gzip', async () => {
    expect(await read({ bytes: Buffer.from('hello') })).toMatch(/^.\/events.* is damaged: /);
  });

  it('that were cut off, or changed', async () => {
    const bytes = gzipSync(lines);
    expect(await read({ bytes: bytes.subarray(0, -1) })).toContain('damaged: unexpected end of');
    bytes[bytes.length - 5]! ^= 1;
    expect(await read({ bytes })).toContain('is damaged: incorrect');
  });

  it('that unfold without end', async () => {
    // In members of 16 megabytes that are a few kilobytes each.
    const [line] = lines.split('\n');
    const many = gzipSync(`${line!.padEnd(8e6)}\n${line!.padEnd(8e6)}\n`);
    const bytes = Buffer.concat(Array.from({ length: 9 }, () => many));
    expect(await read({ bytes })).toBe('./events.ndjson.gz unfolds to more than 128000000 bytes');
  });
});
