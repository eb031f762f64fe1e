import type { Model, Scenario } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { checkExpectations, type ExpectationRow } from './expectations.ts';

/** Runs all replications of one scenario of a model. */
export type Simulate = (model: Model, scenario: Scenario | undefined) => Promise<readonly Run[]>;

/**
 * Holds the engine to all expectations of one file: every scenario in every environment that one of
 * them names is run once. The rows come in that order, each as soon as its runs are over.
 *
 * @param read the model of the file with the overlay of an environment, or without one
 */
export async function* experiment(
  read: (environment: string | undefined) => Promise<Model>,
  simulate: Simulate,
): AsyncGenerator<ExpectationRow> {
  const { expectations } = await read(undefined);
  for (const environment of new Set(expectations.map((each) => each.environment))) {
    // One run after the other: the pool is busy with its replications, and they take the memory.
    const model = await read(environment);
    const mine = model.expectations.filter((each) => each.environment === environment);
    for (const name of new Set(mine.map((each) => each.scenario))) {
      const scenario = model.scenarios.find((each) => each.name === name);
      const runs = await simulate(model, scenario);
      const asked = mine.filter((each) => each.scenario === name);
      yield* checkExpectations({ ...model, expectations: asked }, () => runs);
    }
  }
}
