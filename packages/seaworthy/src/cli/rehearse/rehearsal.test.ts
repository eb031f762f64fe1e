import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, it, vi } from 'vitest';

import type { Compared } from '../../report/trial.ts';
import { readRecord } from '../../signals/record-reader.ts';
import { interruptAt, isRunning, Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());
const shop = fileURLToPath(new URL('testing/shop', import.meta.url));
cpSync(shop, workplace.folder, { recursive: true });

function recordOf(name: string): string {
  return join(workplace.folder, '.seaworthy', 'runs', `shop-${name}-1-rehearsed`);
}

/** The processes that a rehearsal started, as they told of themselves. */
function startedBy(record: string): readonly number[] {
  return readdirSync(join(record, 'output')).flatMap((file) => {
    const text = readFileSync(join(record, 'output', file), 'utf8');
    return [...text.matchAll(/listening (\d+)/g)].map((match) => Number(match[1]));
  });
}

describe('seaworthy rehearse', () => {
  it('kills a process, and tells what came of it', async () => {
    const words = ['rehearse', '--scenario', 'outage', '--progress', 'none'];
    const { code, stdout, stderr } = await workplace.run(words);
    expect(stderr).toBe('');
    // On a machine that is too busy to send on time, the run says so.
    expect(code).toBe(stdout.startsWith('INVALID') ? 3 : 1);
    expect(stdout).toContain('✗ web success > 99%');
    expect(stdout).toContain('again      $ seaworthy rehearse seaworthy.yaml --scenario outage');
    const { run } = await readRecord(recordOf('outage'));
    expect(run.header).toMatchObject({ world: 'rehearse', status: 'complete' });
    const answered = run.intervals.filter(({ edges }) => edges[0]!.latency.count > 0);
    const fastest = Math.min(...answered.map(({ edges }) => edges[0]!.latency.min));
    expect(fastest).toBeGreaterThan(19);
    const resets = run.intervals.map(({ edges }) => edges[1]?.attemptsFailed['reset'] ?? 0);
    expect(Math.max(...resets)).toBeGreaterThan(0);
    const kinds = run.events.slice(0, 3).map(({ kind }) => kind);
    expect(kinds).toEqual(['fault-began', 'replica-killed', 'fault-ended']);
    const started = startedBy(recordOf('outage'));
    expect(started.length).toBeGreaterThan(1);
    expect(started.filter(isRunning)).toEqual([]);
  });

  it('ends on Ctrl-C with a valid record, and nothing left behind', async () => {
    const words = ['rehearse', '--scenario', 'calm', '--for', '60s', '--progress', 'json'];
    const { code, stdout, stderr } = await workplace.run(words, {}, interruptAt('"sample"'));
    expect(code).toBe(130);
    expect(stderr).toContain('interrupted: what was measured is in .seaworthy/runs/shop-calm-1');
    expect(stdout).toMatch(/interrupted at ([\d.]+ s) of 60 s[^]+\nrehearsed +\1 of 60 s\n/);
    const { run, verdict } = await readRecord(recordOf('calm'));
    expect(run.header.status).toBe('interrupted');
    expect(verdict).not.toBeNull();
    expect(startedBy(recordOf('calm')).filter(isRunning)).toEqual([]);
  });

  it('has compared nothing when Ctrl-C ends the calm before the first scenario', async () => {
    const words = [
      'rehearse',
      '--compare-simulation',
      '--scenario',
      'brownout',
      '--progress',
      'json',
    ];
    const { code, stdout, stderr } = await workplace.run(words, {}, interruptAt('"sample"'));
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/\ninterrupted\n$/);
  });

  it('leaves nothing behind when it is killed itself, but a record that can be read', async () => {
    const words = ['rehearse', '--scenario', 'brownout', '--for', '60s', '--progress', 'json'];
    const { code } = await workplace.run(words, {}, (told, interrupt) => {
      if (told.split('"sample",').length > 2) interrupt('SIGKILL');
    });
    expect(code).toBeNull();
    const started = startedBy(recordOf('brownout'));
    expect(started).toHaveLength(2);
    await vi.waitFor(() => expect(started.filter(isRunning)).toEqual([]), { timeout: 20_000 });
    const { run } = await readRecord(recordOf('brownout'));
    expect(run.header.status).toBe('interrupted');
    expect(run.intervals.length).toBeGreaterThan(0);
  });

  it('refuses, before anything starts, what cannot be done to real processes', async () => {
    const { code, stderr } = await workplace.run(['rehearse']);
    expect(code).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "seaworthy.yaml:19:12  scenarios.shrunk[0]  the slots of a real process cannot be taken away
         19 |   shrunk: [{ at: 1s, for: 1s, capacity: payments, to: 10% }]
            |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      seaworthy simulate plays it; choose another with --scenario
      "
    `);
  });

  it('shows what a process printed that did not come up', async () => {
    workplace.write('broken.mjs', "throw new Error('no such luck');\n");
    workplace.write(
      'broken.yaml',
      `seaworthy: 1
name: broken
services: { web: { run: node broken.mjs } }
traffic: { users: { to: web, rate: 1/s } }
`,
    );
    const { code, stderr } = await workplace.run(['rehearse', 'broken.yaml', '--for', '5s']);
    expect(code).toBe(2);
    expect(stderr).toContain('  Error: no such luck\n');
    expect(stderr).toContain('broken.yaml:3:25  services.web.run  web ended with code 1\n');
  });

  it('holds a simulation against it, with the times that it has measured', async () => {
    const words = ['rehearse', '--scenario', 'brownout', '--for', '2s', '--compare-simulation'];
    const quiet = ['--format', 'json', '--progress', 'none'];
    const { code, stdout, stderr } = await workplace.run([...words, ...quiet]);
    if (stdout === '') {
      // The machine was busy, and had no calm to offer.
      expect(stderr).toMatch(/^nothing to calibrate from, for there was no calm: /);
      expect(code).toBe(3);
      return;
    }
    const { scenarios } = JSON.parse(stdout) as { scenarios: { compared: Compared }[] };
    const { calibration, agreement } = scenarios[0]!.compared;
    expect(calibration.services.map(({ service, from }) => [service, from])).toEqual([
      ['web', 'remainder'],
      ['payments', 'table'],
    ]);
    expect(agreement.objectives.map(({ text }) => text)).toEqual(['web success > 99%']);
    const during = agreement.signals.filter(({ phase }) => phase.name === 'during');
    expect(during.map(({ subject, name }) => `${subject} ${name}`)).toContain('shoppers offered');
  });
});
