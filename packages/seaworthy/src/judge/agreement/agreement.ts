import type { Model, Scenario } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import { judge } from '../judge.ts';
import { median } from '../statistics.ts';
import type { Outcome } from '../verdict.ts';
import { afterWarmUp } from '../totals.ts';
import { kneesOf } from './knee.ts';
import { phasesOf, type Phase } from './phases.ts';
import { type Signal, signalsOf } from './signals.ts';
import { agrees } from './tolerance.ts';

/** How far a simulation and a rehearsal of the same scenario are apart. */
export interface Agreement {
  /** Both came to the same outcome, in each objective. */
  readonly sameVerdict: boolean;
  readonly simulated: Outcome;
  readonly rehearsed: Outcome;
  readonly objectives: readonly ObjectiveAgreement[];
  readonly signals: readonly SignalAgreement[];
}

export interface ObjectiveAgreement {
  /** As written in the file. */
  readonly text: string;
  readonly simulated: Outcome;
  readonly rehearsed: Outcome;
}

/** One signal in one part of the run. */
export interface SignalAgreement extends Omit<Signal, 'value' | 'noise'> {
  readonly phase: Phase;
  /** The median of the simulated replications, and the lowest and the highest. */
  readonly simulated: number;
  readonly simulatedFrom: number;
  readonly simulatedTo: number;
  readonly rehearsed: number;
  /** A share of the simulated value; for shares their difference. */
  readonly apart: number;
  readonly agrees: boolean;
}

/**
 * Holds a rehearsal against simulations of the same scenario: objective by objective, and signal by
 * signal before, during and after its faults. Signals that one of both did not measure are left
 * out.
 *
 * @param simulated one a replication, of the calibrated model
 */
export function agreementOf(
  model: Model,
  scenario: Scenario | undefined,
  simulated: readonly Run[],
  rehearsed: Run,
): Agreement {
  const [one, other] = [
    judge(model, scenario, simulated, ''),
    judge(model, scenario, [rehearsed], ''),
  ];
  const knees = (run: Run): readonly Signal[] => kneesOf(model, scenario, run);
  const objectives = one.objectives.map(({ text, outcome }, index) => {
    return { text, simulated: outcome, rehearsed: other.objectives[index]!.outcome };
  });
  const same = objectives.every((each) => each.simulated === each.rehearsed);
  return {
    sameVerdict: same && one.outcome === other.outcome,
    simulated: one.outcome,
    rehearsed: other.outcome,
    objectives,
    signals: [
      ...phasesOf(model, scenario, rehearsed).flatMap((phase) => {
        const signals = (run: Run) => signalsOf(model, run, phase);
        return held(simulated.map(signals), signals(rehearsed), phase);
      }),
      ...held(simulated.map(knees), knees(rehearsed), { name: 'all', ...afterWarmUp(rehearsed) }),
    ],
  };
}

/** Signals that both have measured, in the same order in all runs. */
function held(
  runs: readonly (readonly Signal[])[],
  rehearsed: readonly Signal[],
  phase: Phase,
): readonly SignalAgreement[] {
  return rehearsed.flatMap(({ value, noise, ...signal }, index) => {
    const values = runs.map((signals) => signals[index]!.value);
    if ([value, ...values].some(Number.isNaN)) return [];
    const middle = median(values);
    const difference = value === middle ? 0 : Math.abs(value - middle);
    const [from, to] = [Math.min(...values), Math.max(...values)];
    return {
      ...signal,
      phase,
      simulated: middle,
      simulatedFrom: from,
      simulatedTo: to,
      rehearsed: value,
      apart: signal.kind === 'share' || difference === 0 ? difference : difference / middle,
      agrees: (value >= from && value <= to) || agrees(signal.kind, middle, difference, noise),
    };
  });
}
