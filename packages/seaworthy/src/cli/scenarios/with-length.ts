import type { Model } from '../../model/model.ts';
import { UsageError } from '../usage-error.ts';
import type { Numbers } from '../numbers.ts';

/**
 * The model with the length that was asked for.
 *
 * @param written `--for`, as the command line has it
 * @throws UsageError when the run is no longer than the warm-up.
 */
export function withLength(
  model: Model,
  written: string | undefined,
  { forMs }: Pick<Numbers, 'forMs'>,
): Model {
  if (forMs === undefined) return model;
  const { warmUpMs } = model.run;
  if (forMs <= warmUpMs) {
    throw new UsageError(
      `option --for: "${written}" is not longer than the warm-up of ${warmUpMs / 1000} s`,
      'nothing is measured before the warm-up is over: see run.warmUp in the file',
    );
  }
  return { ...model, run: { ...model.run, forMs } };
}
