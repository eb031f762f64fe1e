import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { readRecord } from '../signals/record-reader.ts';
import { Workplace } from './testing/command-line.ts';
import { endless } from './testing/models.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

workplace.write('seaworthy.yaml', endless);

const words = ['simulate', '--scenario', 'outage', '--progress', 'json'];

describe('an interrupt', () => {
  it('keeps what was simulated, as a record that can be read', async () => {
    let interrupted = false;
    const { code, stdout, stderr } = await workplace.run(words, {}, (text, interrupt) => {
      if (interrupted || !text.includes('"sample"')) return;
      interrupted = true;
      interrupt();
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/\n +interrupted at [\d.]+ s of 90 days\n/);
    const [, folder = ''] = /\ninterrupted: what was simulated is in (.+)\n$/.exec(stderr) ?? [];
    expect(folder).toMatch(/^\.seaworthy.runs.shop-outage-\d$/);
    const { run, verdict } = await readRecord(join(workplace.folder, folder));
    expect(run.header).toMatchObject({ status: 'interrupted', scenario: 'outage' });
    expect(run.intervals.length).toBeGreaterThan(0);
    expect(verdict).toMatchObject({ schema: 1 });
  });

  it('ends at once when it comes twice', async () => {
    const { code, stdout } = await workplace.run(words, {}, (text, interrupt) => {
      if (text.includes('"sample"')) interrupt();
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  });
});
