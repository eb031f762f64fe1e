import { fails } from '../../check/assessment.ts';
import { severities } from '../../check/severity.ts';
import { countText } from '../quantities.ts';
import type { CheckReport } from './report.ts';

/** `3 findings: 1 high, 2 medium; 2 set aside; 4 files read`. */
export function countsText({ assessment, read }: CheckReport): string {
  const { findings, setAside } = assessment;
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const found =
    findings.length === 0
      ? 'no findings'
      : `${countText(findings.length, 'finding')}: ${parts.join(', ')}`;
  const aside = setAside.length === 0 ? [] : [`${setAside.length} set aside`];
  return [found, ...aside, `${countText(read.length, 'file')} read`].join('; ');
}

/** Whether the check fails. */
export function hasFailed({ assessment, failOn }: CheckReport): boolean {
  return assessment.findings.some((finding) => fails(finding, failOn));
}
