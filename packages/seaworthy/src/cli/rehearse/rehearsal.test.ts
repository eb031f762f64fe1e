import { cpSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, it } from 'vitest';

import { readRecord } from '../../signals/record-reader.ts';
import { Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());
const shop = fileURLToPath(new URL('testing/shop', import.meta.url));
cpSync(shop, workplace.folder, { recursive: true });

describe('seaworthy rehearse', () => {
  it('kills a process, tells what came of it, and starts it again', async () => {
    const words = ['rehearse', '--scenario', 'outage', '--progress', 'none'];
    const { code, stdout, stderr } = await workplace.run(words);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^FAIL {2}"web success > 99%" fails with/);
    expect(stdout).toContain('again      $ seaworthy rehearse seaworthy.yaml --scenario outage');
    const folder = `${workplace.folder}/.seaworthy/runs/shop-outage-1-rehearsed`;
    const { run } = await readRecord(folder);
    expect(run.header).toMatchObject({ world: 'rehearse', status: 'complete' });
    const [calm, out] = run.intervals.map((interval) => interval.edges);
    expect(calm?.[0]?.failed).toEqual({});
    expect(calm?.[0]?.latency.min).toBeGreaterThan(19);
    expect(out?.[1]?.attemptsFailed['reset']).toBeGreaterThan(30);
    expect(run.events.map(({ kind }) => kind)).toEqual([
      'fault-began',
      'replica-killed',
      'fault-ended',
      'replica-back',
    ]);
    expect(readdirSync(`${folder}/output`)).toEqual(['payments.log', 'web.log']);
  });
});
