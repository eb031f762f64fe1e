import { rowsOf, sentenceOf } from '../data/sentence.ts';
import { intervalAt } from '../data/series.ts';
import type { PageRun } from '../seaworthy.ts';
import { cursorMs, other, span } from '../state/view.ts';
import { text } from '../text/english.ts';
import type { ChartData, Line, Marks } from './chart-data.ts';
import { Plot } from './plot.tsx';
import { Twin } from './twin.tsx';
import { valueText } from './units.ts';

/** One chart: its title, a value for each line at the cursor, the drawing, and its table. */
export function Chart(props: {
  readonly run: PageRun;
  readonly data: ChartData;
  readonly marks: Marks;
}) {
  const { run, data, marks } = props;
  return (
    <figure class={data.wide === true ? 'chart wide' : 'chart'} id={`chart-${data.id}`}>
      <figcaption>
        <h3>{data.title}</h3>
        <Legend run={run} data={data} />
      </figcaption>
      <Plot run={run} data={data} marks={marks} label={sentenceOf(run, data, span.value)} />
      <div class="under">
        <Twin
          title={data.title}
          head={[text.charts.moment, ...data.lines.map(({ label }) => label)]}
          rows={() => rowsOf(run, data, span.value)}
        />
        {data.note !== undefined && <p class="note">{data.note}</p>}
      </div>
    </figure>
  );
}

/** The name of each line, and its value at the cursor. */
function Legend({ run, data }: { readonly run: PageRun; readonly data: ChartData }) {
  const beside = other.value;
  return (
    <ul class="legend">
      {data.lines.map((line, index) => (
        <li key={line.label}>
          <i data-tone={line.tone} />
          {line.label} <Value run={run} data={data} line={line} beside={data.beside[index]} />
        </li>
      ))}
      {beside !== undefined && data.beside.length > 0 && (
        <li class="thin">
          <i />
          {beside.label}
        </li>
      )}
    </ul>
  );
}

function Value(props: {
  readonly run: PageRun;
  readonly data: ChartData;
  readonly line: Line;
  readonly beside: Line | undefined;
}) {
  const { run, data, line, beside } = props;
  const { value } = cursorMs;
  if (value === undefined) return null;
  const at = intervalAt(run, value);
  const here = valueText(data.unit, line.values[at] ?? Number.NaN);
  if (beside === undefined) return <b>{here}</b>;
  return (
    <b>
      {here} <small>({valueText(data.unit, beside.values[at] ?? Number.NaN)})</small>
    </b>
  );
}
