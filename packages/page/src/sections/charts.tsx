import { computed } from '@preact/signals';

import { Chart } from '../chart/chart.tsx';
import { chartsOf } from '../data/charts.ts';
import type { PageRun } from '../seaworthy.ts';
import { marks } from '../state/marks.ts';
import { focus, other, run, span } from '../state/view.ts';
import { text } from '../text/english.ts';
import { ReplicaCharts } from './replicas.tsx';
import { Section } from './section.tsx';

const charts = computed(() =>
  run.value === undefined
    ? []
    : chartsOf({ run: run.value, other: other.value, focus: focus.value, span: span.value }),
);

/** Causes below effects, on one axis, with one cursor. */
export function Charts({ run: current }: { readonly run: PageRun }) {
  return (
    <Section id="charts" title={text.sections.charts}>
      <div class="charts">
        {charts.value.map((data) => (
          <Chart key={data.id} run={current} data={data} marks={marks.value} />
        ))}
        <ReplicaCharts />
      </div>
    </Section>
  );
}
