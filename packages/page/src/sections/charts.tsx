import { computed } from '@preact/signals';

import { Chart } from '../chart/chart.tsx';
import type { Marks } from '../chart/chart-data.ts';
import { chartsOf } from '../data/charts.ts';
import { faultsOf } from '../data/happened.ts';
import type { PageRun } from '../seaworthy.ts';
import { focus, other, run, span, story } from '../state/view.ts';
import { text } from '../text/english.ts';
import { Section } from './section.tsx';

const charts = computed(() =>
  run.value === undefined
    ? []
    : chartsOf({ run: run.value, other: other.value, focus: focus.value, span: span.value }),
);

const marks = computed<Marks>(() => {
  if (run.value === undefined) return { faults: [], moments: [] };
  const told = story.value;
  const steps = told === undefined ? [] : run.value.verdict?.findings[told.finding]?.steps;
  return { faults: faultsOf(run.value), moments: (steps ?? []).map(({ atMs }) => atMs) };
});

/** Causes below effects, on one axis, with one cursor. */
export function Charts({ run: current }: { readonly run: PageRun }) {
  return (
    <Section id="charts" title={text.sections.charts}>
      <div class="charts">
        {charts.value.map((data) => (
          <Chart key={data.id} run={current} data={data} marks={marks.value} />
        ))}
      </div>
    </Section>
  );
}
