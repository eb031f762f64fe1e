import type { Demonstration } from '../../check/demonstration.ts';
import type { EvidenceUnit, Finding } from '../../check/finding.ts';
import type { FileEdit } from '../../model/edit/file-edit.ts';
import { unitOf } from '../../model/measure.ts';
import type { Measure, Model, Scenario } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import { changeText } from '../changes/text.ts';
import { measure } from '../measure.ts';
import { type Experiment, faultAtMs, faultForMs } from './experiment.ts';
import { experiments } from './experiments.ts';

/** The model that findings are shown on. */
export interface Stage {
  readonly model: Model;
  /** @throws EditError or ModelError where the file cannot take them. */
  readonly edit: (edits: readonly FileEdit[]) => Model;
  /** One run for each seed, in their order. */
  readonly simulate: (model: Model, scenario: Scenario | undefined) => Promise<readonly Run[]>;
}

/** As long again as the fault, so that what it leaves behind is there too. */
const runMs = faultAtMs + 2 * faultForMs;
/** What the start does to queues and caches is over by then. */
const warmUpMs = 10_000;

/** Less than a fifth, or five hundredths of all calls, may be the dice. */
const clearly = 1.2;
const clearShare = 0.05;

/** Whether there is a way to show findings of this rule. */
export function canDemonstrate({ rule }: Finding): boolean {
  return experiments.has(rule);
}

/**
 * Simulates a finding: the model as it is, and with the value that would pass, with the same fault
 * and the same seeds. Undefined: there is no way to show it on this model.
 */
export async function demonstrate(
  finding: Finding,
  stage: Stage,
  command: string,
): Promise<Demonstration | undefined> {
  const experiment = experiments.get(finding.rule)?.(finding, stage.model);
  if (experiment === undefined) return undefined;
  const before = await runs(experiment, stage.model, stage);
  const after = await runs(experiment, stage.edit(experiment.edits), stage);
  const asItIs = before.map((run) => measured(experiment, stage.model, run));
  const changed = after.map((run) => measured(experiment, stage.model, run));
  const { fault, name, what, edits } = experiment;
  const forText = fault === undefined || fault.forMs === 0 ? '' : `, for ${fault.forMs / 1000} s`;
  return {
    fault: fault === undefined ? '' : fault.text + forText,
    measure: name,
    unit: evidenceUnitOf(what),
    change: changeText({ edits }),
    seeds: before.map(({ header }) => header.seed),
    asItIs,
    changed,
    shown:
      asItIs.length > 0 &&
      asItIs.every((value, index) => isWorse(value, changed[index]!, experiment)),
    command,
  };
}

/** Edits change no service, edge or source, and so no index. */
function runs({ fault }: Experiment, model: Model, { simulate }: Stage): Promise<readonly Run[]> {
  const scenario: Scenario = { name: 'demonstration', faults: fault === undefined ? [] : [fault] };
  const run = { ...model.run, forMs: runMs, warmUpMs };
  return simulate({ ...model, run, scenarios: [scenario] }, scenario);
}

function measured({ subject, what, fault, during }: Experiment, model: Model, run: Run): number {
  const endMs = faultAtMs + faultForMs;
  const calm = { fromMs: warmUpMs, toMs: runMs };
  const spans = {
    fault: { fromMs: faultAtMs, toMs: endMs },
    aftermath: { fromMs: endMs, toMs: runMs },
    both: { fromMs: faultAtMs, toMs: runMs },
  };
  return measure(model, run, subject, what, fault === undefined ? calm : spans[during]).value;
}

function isWorse(asItIs: number, changed: number, { good, what }: Experiment): boolean {
  const [more, less] = good === 'little' ? [asItIs, changed] : [changed, asItIs];
  const isShare = unitOf(what) === 'share';
  return more >= clearly * less && more > less && (!isShare || more - less >= clearShare);
}

function evidenceUnitOf(what: Measure): EvidenceUnit {
  const unit = unitOf(what);
  return unit === 'number' ? 'count' : unit;
}
