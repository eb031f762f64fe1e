import type { Trial } from '../trial.ts';
import { exampleTrial } from './example-trial.ts';

const { model, run, verdict } = exampleTrial;

/** The same system on a calm day, with one replication. */
export const calmTrial: Trial = {
  model: { ...model, environment: undefined },
  scenario: undefined,
  run: {
    ...run,
    header: {
      ...run.header,
      model: { ...run.header.model, environment: undefined },
      scenario: 'calm',
      seed: 1,
    },
    intervals: run.intervals.slice(0, 6),
  },
  verdict: {
    ...verdict,
    outcome: 'pass',
    sentence: 'The objective holds.',
    objectives: verdict.objectives.slice(1, 2),
    findings: [],
    edges: verdict.edges.slice(1),
    replications: 1,
    seeds: [1],
  },
  record: '.seaworthy/runs/shop-calm-1',
  command: 'seaworthy simulate shop.yaml --scenario calm --seed 1 --replications 1',
};
