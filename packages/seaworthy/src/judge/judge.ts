import type { Model, Scenario } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { findingsOf } from './findings.ts';
import { invalidReasons } from './invalid.ts';
import { judgeObjectives } from './objectives.ts';
import { sentenceOf } from './sentence.ts';
import { queueResults, rowsResults } from './shared-parts.ts';
import { edgeResults, trafficResults } from './traffic.ts';
import type { Finding, ObjectiveResult, Outcome, Verdict } from './verdict.ts';

/**
 * What the replications of one scenario say.
 *
 * @param runs one a replication, all of this model and scenario
 * @param command shows these runs again; findings add the seed that shows them best
 */
export function judge(
  model: Model,
  scenario: Scenario | undefined,
  runs: readonly Run[],
  command: string,
): Verdict {
  const { results: objectives, missed } = judgeObjectives(model, scenario, runs);
  const findings = withEvidence(findingsOf(model, scenario, runs, missed, command), runs);
  const outcome = outcomeOf(objectives, findings, runs);
  return {
    schema: 1,
    outcome,
    sentence: sentenceOf({ model, scenario, runs, outcome, objectives, findings }),
    objectives,
    findings,
    traffic: trafficResults(model, runs),
    edges: edgeResults(model, runs, findings),
    queues: queueResults(model, runs),
    rows: rowsResults(model, runs),
    replications: runs.length,
    seeds: runs.map((run) => run.header.seed),
  };
}

/**
 * A finding that is worse than `medium` fails a run as a missed objective does; an unfinished run
 * proves no success.
 */
function outcomeOf(
  objectives: readonly ObjectiveResult[],
  findings: readonly Finding[],
  runs: readonly Run[],
): Outcome {
  if (invalidReasons(runs).length > 0) return 'invalid';
  if (objectives.some((objective) => objective.outcome === 'fail')) return 'fail';
  if (findings.some((finding) => finding.severity !== 'medium')) return 'fail';
  if (objectives.some((objective) => objective.outcome === 'inconclusive')) return 'inconclusive';
  const complete = runs.length > 0 && runs.every((run) => run.header.status === 'complete');
  return complete ? 'pass' : 'inconclusive';
}

/** What real processes have shown is more than what a model of them has. */
function withEvidence(findings: readonly Finding[], runs: readonly Run[]): readonly Finding[] {
  if (!runs.some((run) => run.header.world === 'rehearse')) return findings;
  return findings.map((finding) => {
    return finding.evidence === 'demonstrated' ? { ...finding, evidence: 'reproduced' } : finding;
  });
}
