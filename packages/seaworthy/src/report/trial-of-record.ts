import type { Verdict } from '../judge/verdict.ts';
import type { Run } from '../signals/run.ts';
import { faultSpans } from './faults.ts';
import type { Trial } from './trial.ts';

/** A run that was read from its record, as every report takes it. */
export function trialOfRecord(
  run: Run,
  verdict: Verdict,
  where: Pick<Trial, 'record' | 'command'>,
): Trial {
  const { model, sources, edges } = run.header;
  return {
    ...where,
    model: {
      ...model,
      sources: sources.map((name) => ({
        edge: edges.findIndex((edge) => edge.startsWith(`${name} -> `)),
      })),
    },
    scenario: { faults: faultSpans(run) },
    verdict,
    run,
  };
}
