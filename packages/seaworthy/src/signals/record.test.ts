import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readRecord } from './record-reader.ts';
import { RecordWriter, writeRecord } from './record-writer.ts';
import { tinyRun } from './testing/tiny-run.ts';

const verdict = { schema: 1, outcome: 'pass', observed: undefined };

let scratch = '';
let folders = 0;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'seaworthy-record-'));
});

afterAll(() => rm(scratch, { recursive: true }));

function newFolder(): string {
  return join(scratch, `record-${folders++}`);
}

/** What is in the files; each field of a line on a line of its own, to be read. */
async function contents(folder: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name));
    const packed = name.endsWith('.gz');
    texts[name] = packed
      ? gunzipSync(bytes)
          .toString()
          .replaceAll(/,(?=")|(?<=[sl]":){/g, '$&\n  ')
      : bytes.toString();
  }
  return texts;
}

describe('the record of a run', () => {
  it('is a header and the intervals and events in order of time', async () => {
    const folder = newFolder();
    await writeRecord(folder, tinyRun(), verdict);
    expect(await contents(folder)).toMatchInlineSnapshot(`
      {
        "events.ndjson.gz": "{"event":{"atMs":250.5,
        "kind":"queue-full",
        "subject":"web",
        "text":"the queue of a replica is full"}}
      {"interval":{
        "fromMs":0,
        "toMs":1000,
        "edges":{
        "offered":[6],
        "succeeded":[3],
        "fallback":[{"breaker-open":1}],
        "failed":[{"timeout":2}],
        "attempts":[7],
        "attemptsFailed":[{"timeout":4}],
        "retriesStopped":[{"budget":1}],
        "latency":["280.000001 10 250.000001 2971 C601_A"],
        "latencyFailed":["1600 800 800 3779 B"],
        "wait":["1.5 0 1.5 0 F2618_A"],
        "inFlightMean":[0.3],
        "inFlightMax":[4],
        "limit":[20],
        "budgetLeft":[4.5]},
        "services":{
        "arrived":[7],
        "served":[3],
        "failed":[{"queue-full":4}],
        "wasted":[1],
        "wastedMs":[12.25],
        "busyMs":[42.25],
        "wait":["1.5 0 1.5 0 B2618_A"],
        "serviceTime":["30 10 10 2971 C"],
        "inFlightMean":[0.25],
        "queueMean":[0.5],
        "queueMax":[2],
        "slots":[16],
        "utilisation":[0.015625],
        "replicas":[[[2,10,3,1],[1,10,1,0]]]}}}
      {"event":{"atMs":1000,
        "kind":"breaker-opened",
        "subject":"people -> web",
        "text":"closed -> open"}}
      {"interval":{
        "fromMs":1000,
        "toMs":2000,
        "edges":{
        "limit":[20]},
        "services":{
        "slots":[16],
        "utilisation":[0],
        "replicas":[[[0,0,0,0],[0,0,0,0]]]}}}
      {"task":{"why":"slowest",
        "left":0,
        "call":{
        "edge":0,
        "startMs":100.25,
        "endMs":700,
        "outcome":"succeeded",
        "reason":"none",
        "attempts":[{"startMs":100.25,
        "waitMs":0,
        "isHedge":false,
        "endMs":500,
        "reason":"timeout",
        "replica":1,
        "arrivedMs":101,
        "calls":[]},{"startMs":600,
        "waitMs":50,
        "isHedge":false,
        "endMs":700,
        "reason":"none",
        "replica":0,
        "calls":[]}]}}}
      ",
        "run.json": "{
        "schema": 1,
        "world": "simulate",
        "engineVersion": "1",
        "model": {
          "name": "tiny",
          "hash": "c0ffee"
        },
        "scenario": "calm",
        "seed": 7,
        "replication": 0,
        "durationMs": 2000,
        "warmUpMs": 0,
        "intervalMs": 1000,
        "services": [
          "web"
        ],
        "edges": [
          "people -> web"
        ],
        "sources": [
          "people"
        ],
        "queues": [],
        "rows": [],
        "replicasOfService": [2],
        "status": "complete",
        "eventsDropped": 0,
        "verdict": {
          "schema": 1,
          "outcome": "pass"
        }
      }
      ",
      }
    `);
  });

  it('reads back as the run', async () => {
    const folder = newFolder();
    await writeRecord(folder, tinyRun(), verdict);
    const { run, verdict: read } = await readRecord(folder);
    const [busy] = tinyRun().intervals;
    const [edge] = run.intervals[0]!.edges;
    expect(edge!.latency.toSparse()).toEqual(busy!.edges[0]!.latency.toSparse());
    expect(edge!.inFlightMean).toBe(0.3);
    expect({ ...run, intervals: [] }).toEqual({ ...tinyRun(), intervals: [] });
    expect(read).toEqual({ schema: 1, outcome: 'pass' });
  });

  it('is the same bytes each time, and when it is read and written again', async () => {
    const [first, second, third] = [newFolder(), newFolder(), newFolder()];
    await writeRecord(first, tinyRun(), verdict);
    await writeRecord(second, tinyRun(), verdict);
    const read = await readRecord(first);
    await writeRecord(third, read.run, read.verdict);
    for (const name of ['run.json', 'events.ndjson.gz']) {
      const bytes = await readFile(join(first, name));
      expect((await readFile(join(second, name))).equals(bytes), name).toBe(true);
      expect((await readFile(join(third, name))).equals(bytes), name).toBe(true);
    }
  });

  it('keeps that events were dropped, and that the run was interrupted', async () => {
    const folder = newFolder();
    const run = tinyRun();
    const header = { ...run.header, status: 'interrupted' as const };
    await writeRecord(folder, { ...run, header, eventsDropped: 12 }, undefined);
    const read = await readRecord(folder);
    expect(read.run.header.status).toBe('interrupted');
    expect(read.run.eventsDropped).toBe(12);
    expect(read.verdict).toBeNull();
  });

  it('takes the place of another one', async () => {
    const folder = newFolder();
    await writeRecord(folder, { ...tinyRun(), eventsDropped: 5 }, verdict);
    await writeRecord(folder, tinyRun(), verdict);
    expect((await readRecord(folder)).run.eventsDropped).toBe(0);
  });

  it('does not take the place of anything else', async () => {
    const folder = newFolder();
    await mkdir(folder);
    await writeFile(join(folder, 'thesis.txt'), 'the only copy');
    await expect(writeRecord(folder, tinyRun(), verdict)).rejects.toThrow('are no run record');
    await writeFile(join(folder, 'run.json'), '{"name":"something else"}');
    await expect(writeRecord(folder, tinyRun(), verdict)).rejects.toThrow('are no run record');
    await writeFile(join(folder, 'run.json'), 'not JSON');
    await expect(writeRecord(folder, tinyRun(), verdict)).rejects.toThrow('are no run record');
    expect(await readFile(join(folder, 'thesis.txt'), 'utf8')).toBe('the only copy');
  });

  it('says so when it cannot be written', async () => {
    const folder = newFolder();
    await writeRecord(folder, tinyRun(), verdict);
    await rm(join(folder, 'events.ndjson.gz'));
    await mkdir(join(folder, 'events.ndjson.gz'));
    await expect(writeRecord(folder, tinyRun(), verdict)).rejects.toThrow('events.ndjson.gz');
  });
});

describe('the record of a run that was killed', () => {
  /** What a writer leaves that wrote everything, but could not end. */
  async function killedRecord(): Promise<string> {
    const folder = newFolder();
    const run = tinyRun();
    const writer = await RecordWriter.open(folder, run.header);
    const running = await readFile(join(folder, 'run.json'));
    await writer.appendEvent(run.events[0]!);
    for (const interval of run.intervals) await writer.appendInterval(interval);
    await writer.close('complete', 0, verdict);
    await writeFile(join(folder, 'run.json'), running);
    return folder;
  }

  it('reads as interrupted, wherever the bytes end', async () => {
    const folder = await killedRecord();
    const bytes = await readFile(join(folder, 'events.ndjson.gz'));
    const seen = new Set<number>();
    for (let length = 0; length <= bytes.length; length++) {
      await writeFile(join(folder, 'events.ndjson.gz'), bytes.subarray(0, length));
      const { run } = await readRecord(folder);
      expect(run.header.status).toBe('interrupted');
      seen.add(run.intervals.length);
    }
    expect([...seen]).toEqual([0, 1, 2]);
  });

  it('reads as interrupted when it was killed at once', async () => {
    const folder = await killedRecord();
    await rm(join(folder, 'events.ndjson.gz'));
    expect((await readRecord(folder)).run.intervals).toEqual([]);
  });

  it('has each interval on the disk soon after it was appended', async () => {
    const folder = newFolder();
    const copy = newFolder();
    const run = tinyRun();
    const writer = await RecordWriter.open(folder, run.header);
    await writer.appendInterval(run.intervals[0]!);
    await expect
      .poll(async () => {
        await mkdir(copy, { recursive: true });
        for (const name of await readdir(folder)) {
          await copyFile(join(folder, name), join(copy, name));
        }
        return (await readRecord(copy)).run.intervals.length;
      })
      .toBe(1);
    await writer.close('interrupted', 0, undefined);
  });
});
