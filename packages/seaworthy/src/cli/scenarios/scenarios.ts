import type { Model, Scenario } from '../../model/model.ts';
import { didYouMean } from '../../model/nearest.ts';
import { UsageError } from '../usage-error.ts';

/** The name of the run without faults, on the command line and in records. */
export const calm = 'calm';

/**
 * What to run: the one that was asked for; without a wish every scenario of the file, or the calm
 * run where it has none. Undefined in the list is the calm run.
 *
 * @throws UsageError with the name that was probably meant.
 */
export function chooseScenarios(
  model: Model,
  wish: string | undefined,
): readonly (Scenario | undefined)[] {
  if (wish === undefined) return model.scenarios.length === 0 ? [undefined] : model.scenarios;
  const found = model.scenarios.find((scenario) => scenario.name === wish);
  if (found !== undefined) return [found];
  if (wish === calm) return [undefined];
  throw new UsageError(
    `option --scenario: ${model.name} has no scenario "${wish}"`,
    didYouMean(wish, [calm, ...model.scenarios.map((scenario) => scenario.name)]),
  );
}
