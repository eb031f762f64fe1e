import type { Outcome } from '../../judge/verdict.ts';
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

/** Where nothing was read, nothing is proved. */
export function outcomeOf({ assessment, failOn, read }: CheckReport): Outcome {
  if (assessment.findings.some((finding) => fails(finding, failOn))) return 'fail';
  return read.length === 0 ? 'inconclusive' : 'pass';
}
