import type { Model, Scenario } from '../../model/model.ts';
import { unknownScenario } from './arguments.ts';

/** The name of the run without faults, on the command line and in records. */
export const calm = 'calm';

/**
 * What to run: the one that was asked for; without a wish every scenario of the file, or the calm
 * run where it has none. Undefined in the list is the calm run.
 */
export function chooseScenarios(
  model: Model,
  wish: string | undefined,
): readonly (Scenario | undefined)[] {
  if (wish === undefined) return model.scenarios.length === 0 ? [undefined] : model.scenarios;
  const found = model.scenarios.find((scenario) => scenario.name === wish);
  if (found !== undefined) return [found];
  if (wish === calm) return [undefined];
  throw unknownScenario(wish, [calm, ...model.scenarios.map((scenario) => scenario.name)]);
}
