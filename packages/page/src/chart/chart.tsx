import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

import { beginOf, intervalAt } from '../data/series.ts';
import type { PageRun } from '../seaworthy.ts';
import { chosen, cursorMs, pinned } from '../state/view.ts';
import { palette } from '../state/theme.ts';
import type { ChartData, Line, Marks } from './chart-data.ts';
import { optionsOf } from './options.ts';
import { useWidth } from './size.ts';
import { valueText } from './units.ts';

const HEIGHT = 150;
const WIDE_HEIGHT = 210;

/** One chart: its title, a value for each line at the cursor, the drawing, and its table. */
export function Chart(props: {
  readonly run: PageRun;
  readonly data: ChartData;
  readonly marks: Marks;
}) {
  const { run, data, marks } = props;
  const { element, width } = useWidth<HTMLDivElement>();
  return (
    <figure class={data.wide === true ? 'chart wide' : 'chart'} id={`chart-${data.id}`}>
      <figcaption>
        <h3>{data.title}</h3>
        {data.note !== undefined && <p class="note">{data.note}</p>}
        <Legend run={run} data={data} />
      </figcaption>
      <div ref={element} class="plot">
        {width > 0 && <Plot run={run} data={data} marks={marks} width={width} />}
      </div>
    </figure>
  );
}

function Plot(props: {
  readonly run: PageRun;
  readonly data: ChartData;
  readonly marks: Marks;
  readonly width: number;
}) {
  const { run, data, marks, width } = props;
  const place = useRef<HTMLDivElement>(null);
  const colours = palette.value;
  useEffect(() => {
    if (place.current === null) return undefined;
    const options = optionsOf({
      data,
      marks,
      palette: colours,
      width,
      height: data.wide === true ? WIDE_HEIGHT : HEIGHT,
      onCursor: (ms) => {
        if (!pinned.value) cursorMs.value = ms;
      },
      onPart: (fromMs, toMs) => {
        chosen.value = { fromMs, toMs };
      },
    });
    const plot = new uPlot(options, columnsOf(run, data), place.current);
    const stop = effect(() => {
      const { value } = cursorMs;
      const left = value === undefined ? -10 : plot.valToPos(value, 'x');
      if (plot.cursor.left !== left) plot.setCursor({ left, top: -10 }, false);
    });
    return () => {
      stop();
      plot.destroy();
    };
  }, [run, data, marks, width, colours]);
  return <div ref={place} onClick={togglePin} />;
}

/** A click holds the cursor, the next one lets it go. */
function togglePin(): void {
  pinned.value = !pinned.value && cursorMs.value !== undefined;
}

/** The beginnings of the intervals and the end of the last, which repeats its value. */
function columnsOf(run: PageRun, data: ChartData): uPlot.AlignedData {
  const xs = [...run.toMs.map((_, at) => beginOf(run, at)), run.toMs.at(-1) ?? 0];
  const columns = [...data.beside, ...data.lines].map(({ values }) =>
    [...values, values.at(-1)].map((value) =>
      value === undefined || Number.isNaN(value) ? null : value,
    ),
  );
  return [xs, ...columns];
}

/** The name of each line, and its value at the cursor. */
function Legend({ run, data }: { readonly run: PageRun; readonly data: ChartData }) {
  return (
    <ul class="legend">
      {data.lines.map((line, index) => (
        <li key={line.label}>
          <i data-tone={line.tone} data-form={line.form} />
          {line.label} <Value run={run} data={data} line={line} beside={data.beside[index]} />
        </li>
      ))}
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
