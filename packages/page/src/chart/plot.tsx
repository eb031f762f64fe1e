import { useCallback } from 'preact/hooks';

import { beginOf } from '../data/series.ts';
import type { PageRun } from '../seaworthy.ts';
import { palette } from '../state/theme.ts';
import { lengthMs, span } from '../state/view.ts';
import { draw } from './canvas.ts';
import type { ChartData, Marks } from './chart-data.ts';
import { Surface } from './surface.tsx';

interface Props {
  readonly run: PageRun;
  readonly data: ChartData;
  readonly marks: Marks;
  /** What it shows, in a sentence. */
  readonly label: string;
}

/** The drawing of a chart. */
export function Plot({ run, data, marks, label }: Props) {
  const paint = useCallback(
    (canvas: HTMLCanvasElement): void => {
      const edgesMs = [...run.toMs.map((_, at) => beginOf(run, at)), run.toMs.at(-1) ?? 0];
      const part = { ...span.value, lengthMs: lengthMs.value, edgesMs };
      draw(canvas, { data, marks, palette: palette.value, ...part });
    },
    [run, data, marks],
  );
  return <Surface paint={paint} label={label} />;
}
