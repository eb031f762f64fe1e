import { computed } from '@preact/signals';

import type { Marks } from '../chart/chart-data.ts';
import { faultsOf } from '../data/happened.ts';
import { run, story } from './view.ts';

/** What all charts have in common: when which fault was at work, and the steps of the story. */
export const marks = computed<Marks>(() => {
  if (run.value === undefined) return { faults: [], moments: [] };
  const told = story.value;
  const steps = told === undefined ? [] : run.value.verdict?.findings[told.finding]?.steps;
  return { faults: faultsOf(run.value), moments: (steps ?? []).map(({ atMs }) => atMs) };
});
