import type { Outcome } from '../judge/verdict.ts';
import { jsonText } from '../signals/json-text.ts';
import type { Trial } from './trial.ts';

/** Worse ones first: what several scenarios come to. */
const worstFirst: readonly Outcome[] = ['fail', 'invalid', 'inconclusive', 'pass'];

/** The worst of the outcomes. */
export function worstOutcome(trials: readonly Trial[]): Outcome {
  const outcomes = trials.map((trial) => trial.verdict.outcome);
  return worstFirst.find((outcome) => outcomes.includes(outcome)) ?? 'inconclusive';
}

/**
 * The report for programs. `schema` counts up when a key changes its meaning or goes away. Every
 * key is always there, in this order; what is not known is null, and so is a time without end.
 */
export function printJson(trials: readonly Trial[]): string {
  const document = {
    schema: 1,
    outcome: worstOutcome(trials),
    scenarios: trials.map(({ run, verdict, record, command, against, compared }) => ({
      scenario: run.header.scenario,
      model: {
        name: run.header.model.name,
        hash: run.header.model.hash,
        environment: run.header.model.environment,
      },
      engineVersion: run.header.engineVersion,
      durationMs: run.header.durationMs,
      warmUpMs: run.header.warmUpMs,
      status: run.header.status,
      eventsDropped: run.eventsDropped,
      against,
      compared: compared && {
        calibration: { services: compared.calibration.services, hops: compared.calibration.hops },
        agreement: compared.agreement,
      },
      record,
      command,
      verdict,
    })),
  };
  return `${jsonText(document, nullWhereUnknown)}\n`;
}

/** For JSON.stringify, which would leave the key out. */
export function nullWhereUnknown(_key: string, value: unknown): unknown {
  return value === undefined ? null : value;
}
