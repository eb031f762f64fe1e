import { describe, expect, it } from 'vitest';

import { printJson, worstOutcome } from './json.ts';
import { calmTrial } from './testing/calm-trial.ts';
import { exampleTrial } from './testing/example-trial.ts';

describe('printJson', () => {
  it('has a version, the worst outcome, and each verdict as it is', () => {
    const read = JSON.parse(printJson([calmTrial, exampleTrial])) as {
      schema: number;
      outcome: string;
      scenarios: { scenario: string; verdict: unknown }[];
    };
    expect([read.schema, read.outcome]).toEqual([1, 'fail']);
    expect(read.scenarios.map((each) => each.scenario)).toEqual(['calm', 'payments-brownout']);
    // Undefined has no JSON of its own: it is null, so that the key is there.
    expect(read.scenarios[1]?.verdict).toEqual(
      JSON.parse(JSON.stringify(exampleTrial.verdict, (_, value) => value ?? null)),
    );
  });

  it('keeps its keys and their order', () => {
    const [scenario] = (JSON.parse(printJson([calmTrial])) as { scenarios: [object] }).scenarios;
    expect(Object.keys(scenario)).toMatchInlineSnapshot(`
      [
        "scenario",
        "model",
        "engineVersion",
        "durationMs",
        "warmUpMs",
        "status",
        "eventsDropped",
        "against",
        "compared",
        "record",
        "command",
        "verdict",
      ]
    `);
    expect(scenario).toHaveProperty('model.environment', null);
  });
});

describe('worstOutcome', () => {
  const trial = (outcome: 'pass' | 'fail' | 'inconclusive') => ({
    ...calmTrial,
    verdict: { ...calmTrial.verdict, outcome },
  });

  it.each([
    [['pass', 'pass'], 'pass'],
    [['pass', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'fail', 'pass'], 'fail'],
    [[], 'inconclusive'],
  ] as const)('of %j is %s', (outcomes, worst) => {
    expect(worstOutcome(outcomes.map(trial))).toBe(worst);
  });
});
