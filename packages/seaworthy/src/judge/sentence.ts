import type { Model, Scenario } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { invalidReasons } from './invalid.ts';
import { triggersOf } from './triggers.ts';
import type { Finding, ObjectiveResult, Outcome } from './verdict.ts';
import { momentText } from './words.ts';

export interface Judged {
  readonly model: Model;
  readonly scenario: Scenario | undefined;
  readonly runs: readonly Run[];
  readonly outcome: Outcome;
  readonly objectives: readonly ObjectiveResult[];
  readonly findings: readonly Finding[];
}

/** The one sentence that matters. */
export function sentenceOf(judged: Judged): string {
  const { objectives, findings, outcome } = judged;
  if (outcome === 'invalid') return `This run says nothing: ${invalidReasons(judged.runs)[0]}.`;
  if (outcome === 'pass') return passed(judged);
  if (outcome === 'inconclusive') return unknown(judged);
  const metastable = findings.find((finding) => finding.id === 'metastable-failure');
  if (metastable !== undefined) return collapsed(metastable, judged);
  const worst = findings.find((finding) => finding.severity !== 'medium');
  const failed = objectives.filter((objective) => objective.outcome === 'fail');
  const [first] = failed;
  if (first === undefined) return `${upperFirst(worst?.title ?? 'failed')}.`;
  const more = failed.length > 1 ? `; ${failed.length - 1} more of ${objectives.length} fail` : '';
  const objective = `"${first.text}" fails${howFar(first, judged)}${more}`;
  return worst === undefined
    ? `${upperFirst(objective)}.`
    : `${upperFirst(worst.title)}; ${objective}.`;
}

function collapsed(finding: Finding, { model, scenario, runs }: Judged): string {
  const ended = triggersOf(model, scenario).reduce((end, each) => Math.max(end, each.toMs), 0);
  const since = momentText(finding.toMs - ended);
  const share =
    finding.seenIn < runs.length ? `, in ${finding.seenIn} of ${runs.length} replications` : '';
  return `Collapsed at ${momentText(finding.fromMs)} and had not recovered ${since} after the fault ended${share}.`;
}

function passed({ model, scenario, objectives, runs, findings }: Judged): string {
  const through = throughTriggers(model, scenario);
  if (objectives.length === 0) {
    const found = findings.length === 0 ? 'nothing was found' : `${findings.length} findings`;
    return `There are no objectives to hold, and ${found}${through}.`;
  }
  const all =
    objectives.length === 1 ? 'The objective holds' : `All ${objectives.length} objectives hold`;
  const replications = runs.length > 1 ? ` in all ${runs.length} replications` : '';
  return `${all}${replications}${through}.`;
}

function throughTriggers(model: Model, scenario: Scenario | undefined): string {
  const [first] = triggersOf(model, scenario);
  if (first === undefined) return '';
  const fault = scenario?.faults.find(({ text, atMs }) => {
    return text === first.text && atMs === first.fromMs;
  });
  const what = fault?.kind === 'rollout' ? 'rollout' : 'fault';
  return `, through the ${what} at ${momentText(first.fromMs)}`;
}

function unknown({ objectives, runs }: Judged): string {
  const open = objectives.find((objective) => objective.outcome === 'inconclusive');
  if (open !== undefined)
    return `Not enough to tell: "${open.text}" ${open.note ?? 'is not known'}.`;
  const ended = runs.filter((run) => run.header.status !== 'complete').length;
  return `Not enough to tell: ${ended} of ${runs.length} runs did not end.`;
}

/** The median says nothing about the few that failed: there it is the range that does. */
function howFar(objective: ObjectiveResult, { runs }: Judged): string {
  if (objective.failedReplications === runs.length) {
    return objective.observed.startsWith('not ')
      ? `: ${objective.observed}`
      : ` with ${objective.observed}`;
  }
  const range = objective.observedRange === undefined ? '' : ` (${objective.observedRange})`;
  return ` in ${objective.failedReplications} of ${runs.length} replications${range}`;
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
