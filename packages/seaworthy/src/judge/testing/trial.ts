import { formatPath } from '../../model/problems.ts';
import { readModel } from '../../model/read.ts';
import type { Model } from '../../model/model.ts';
import { simulate } from '../../simulate/simulate.ts';
import { judge } from '../judge.ts';
import type { Finding, Verdict } from '../verdict.ts';

/**
 * Reads, simulates and judges a file, as a user would: its first scenario, or none if it has none.
 */
export function trial(text: string, seeds: readonly number[] = [1]): Verdict {
  const model = read(text);
  const scenario = model.scenarios[0];
  const runs = seeds.map((seed, replication) => simulate(model, { scenario, seed, replication }));
  return judge(model, scenario, runs, 'seaworthy simulate test.yaml');
}

export function read(text: string): Model {
  return readModel(`seaworthy: 1\nname: test\n${text}`, 'test.yaml', {}).model;
}

export function find(verdict: Verdict, id: string): Finding | undefined {
  return verdict.findings.find((finding) => finding.id === id);
}

export function idsOf(verdict: Verdict): readonly string[] {
  return verdict.findings.map((finding) => finding.id);
}

/** The change that a finding suggests first: the place as the file's errors name it. */
export function suggested(finding: Finding | undefined) {
  const [edit, ...others] = finding?.changes[0]?.edits ?? [];
  if (edit === undefined || others.length > 0) return undefined;
  return { path: formatPath(edit.path), value: edit.value };
}
