import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import type { SourceInput } from '../../rehearse/sources.ts';
import { UsageError } from '../usage-error.ts';
import { readRecordings, saidOfRecordings } from '../scenarios/recordings.ts';
import { readInputs, refuseBusy } from './inputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-inputs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const log = file('access.log', '::1 - - [21/Nov/2026:14:04:07 +0000] "GET /b HTTP/1.1" 200 1\nx\n');
const busy = file('busy.log', readFileSync(log, 'utf8').repeat(3));
const users = file('users.csv', 'name\nann\n');

const { model } = readModel(
  `
seaworthy: 1
name: shop
services: { web: { steps: [{ wait: 1ms }] } }
traffic:
  shoppers: { to: web, rate: 60/s }
  robots: { to: web, users: 5, think: 1s }
scenarios:
  rush: [{ at: 1s, for: 1s, burst: shoppers, by: 3x }]
`,
  'shop.yaml',
  {},
);

interface Given {
  readonly recorded?: readonly string[];
  readonly rows?: readonly string[];
}

async function inputsOf({ recorded, rows }: Given): Promise<readonly SourceInput[]> {
  const recordings = await readRecordings(recorded, model, [undefined, ...model.scenarios], 1);
  refuseBusy(recordings, 2);
  return readInputs(rows, model, recordings);
}

async function refusal(given: Given): Promise<string> {
  try {
    await inputsOf(given);
    return 'none';
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return `${error.message.replaceAll(`${folder}/`, '')}${error.hint ? ` - ${error.hint}` : ''}`;
  }
}

describe('what sources are given on the command line', () => {
  it('goes to the source that it names', async () => {
    const given = { recorded: [`robots=${log}`], rows: [`shoppers=${users}`, `robots=${users}`] };
    const inputs = await inputsOf(given);
    expect(inputs).toMatchObject([
      { rows: [{ name: 'ann' }] },
      { recording: { requests: [{ path: '/b' }] }, rows: [{ name: 'ann' }] },
    ]);
    expect(inputs[0]!.recording).toBeUndefined();
    const recordings = await readRecordings(given.recorded, model, [], 1);
    expect(saidOfRecordings(recordings)).toBe(
      'robots: 1 recorded arrivals in 0.0 s, different requests: 1; left out: 1 not a line of an ' +
        'access log\n',
    );
  });

  it('is nothing where nothing is given', async () => {
    expect(await inputsOf({})).toEqual([{}, {}]);
  });

  it.each<[string, Given]>([
    [
      'option --rows: "a.csv" does not say for which source - write shoppers=a.csv; the sources ' +
        'are shoppers, robots',
      { rows: ['a.csv'] },
    ],
    [
      'option --recorded: there is no source "robot" in the file - did you mean "robots"?',
      { recorded: [`robot=${log}`] },
    ],
    [
      'option --recorded: the scenario "rush" has a burst of shoppers, and a recording has no rate ' +
        'to multiply - choose another with --scenario',
      { recorded: [`shoppers=${log}`] },
    ],
    [
      'option --recorded: robots has 3 requests in its busiest second, and the limit is 2/s - if ' +
        'that is meant, add --max-rate 3/s',
      { recorded: [`robots=${busy}`] },
    ],
    ['cannot read none.csv: there is no such file', { rows: [`robots=${folder}/none.csv`] }],
    ['users.csv:1: not a recording - a HAR file, traces', { recorded: [`robots=${users}`] }],
    ['access.log:1: a quote out of place - write "say', { rows: [`robots=${log}`] }],
  ])('is refused: %s', async (says, given) => {
    expect(await refusal(given)).toContain(says);
  });
});
