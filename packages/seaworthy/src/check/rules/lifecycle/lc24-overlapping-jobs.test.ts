import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { lc24 } from './lc24-overlapping-jobs.ts';

function job(spec: string, run = ''): string {
  const text = `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "*/5 * * * *"
  ${spec}
  jobTemplate:
    spec:
      ${run}
      template: { spec: { containers: [{ name: report, image: a:1 }] } }
`;
  return messages(lc24, folderLandscape({ 'job.yaml': text }));
}

describe('LC24', () => {
  it('finds runs that may overlap', () => {
    expect(job('concurrencyPolicy: Allow')).toMatchInlineSnapshot(`
      "job.yaml:6:22 low LC24
      report: a run that takes too long gets company by the next one
        concurrencyPolicy: Allow (job.yaml:6)
        schedule: */5 * * * * (job.yaml:5)
      passes: concurrencyPolicy: Forbid"
    `);
    expect(job('')).toContain('info LC24');
  });

  it('is content where the next run waits or replaces, or where each has an end', () => {
    expect(job('concurrencyPolicy: Forbid')).toBe('');
    expect(job('concurrencyPolicy: Replace')).toBe('');
    expect(job('concurrencyPolicy: Allow', 'activeDeadlineSeconds: 200')).toBe('');
  });
});
