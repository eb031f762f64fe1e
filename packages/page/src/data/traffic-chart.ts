import type { ChartData, Line } from '../chart/chart-data.ts';
import type { PageRun } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { edgesIn } from './focus.ts';
import { onto, type Scene } from './scene.ts';
import { allOf, numbers, perSecond, total } from './series.ts';

/** What came, and what became of it: the area between the two is the loss. */
export function trafficChart({ run, other, focus }: Scene): ChartData {
  const words = text.charts;
  const linesOf = (of: PageRun): readonly Line[] => {
    const parts = edgesIn(of, focus).map(({ series }) => series);
    const offered = perSecond(of, allOf(of, parts, numbers, 'offered'));
    const succeeded = perSecond(of, allOf(of, parts, numbers, 'succeeded'));
    const answered = perSecond(of, allOf(of, parts, total, 'fallback'));
    const fallback: Line = {
      label: words.answered,
      values: answered,
      tone: 'violet',
      form: 'line',
    };
    return [
      { label: words.offered, values: offered, tone: 'ink', form: 'line' },
      { label: words.succeeded, values: succeeded, tone: 'accent', form: 'area' },
      ...(answered.some((value) => value > 0) ? [fallback] : []),
    ];
  };
  const title = focus.kind === 'all' ? words.traffic : `${words.traffic}: ${focus.name}`;
  return {
    id: 'traffic',
    title,
    unit: 'perSecond',
    lines: linesOf(run),
    beside: other === undefined ? [] : linesOf(other).map((line) => onto(run, other, line)),
    limits: [],
    wide: true,
  };
}
