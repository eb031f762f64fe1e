import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RecordError } from './record-error.ts';
import { readRecord } from './record-reader.ts';
import { writeRecord } from './record-writer.ts';
import { tinyRun } from './testing/tiny-run.ts';

describe('whatever else is in a record', () => {
  const anything = fc.oneof(
    fc.constantFrom('null', '-1', '1e999', '"x"', '[]', '{}', '[[]]', ''),
    fc.json({ maxDepth: 2 }),
  );

  /** Puts something in the place of one value. */
  function spoiled(json: string, at: number, by: string): string {
    const values = [...json.matchAll(/"[^"]*"|-?\d[\d.]*|[[\]{}]/g)];
    const match = values[at % values.length]!;
    return json.slice(0, match.index) + by + json.slice(match.index + match[0].length);
  }

  it('is read or refused with a message', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seaworthy-spoiled-'));
    const headerFile = join(folder, 'run.json');
    const eventsFile = join(folder, 'events.ndjson.gz');
    await writeRecord(folder, tinyRun(), { outcome: 'pass' });
    const header = await readFile(headerFile, 'utf8');
    const lines = gunzipSync(await readFile(eventsFile)).toString();
    await fc.assert(
      fc.asyncProperty(fc.nat(), anything, fc.boolean(), async (at, by, inHeader) => {
        await writeFile(headerFile, inHeader ? spoiled(header, at, by) : header);
        await writeFile(eventsFile, gzipSync(inHeader ? lines : spoiled(lines, at, by)));
        const failure = await readRecord(folder).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failure !== undefined) expect(failure).toBeInstanceOf(RecordError);
      }),
    );
    await rm(folder, { recursive: true });
  });
});
