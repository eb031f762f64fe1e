import type { ChartData, Line, Tone } from '../chart/chart-data.ts';
import type { PageRun } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { onto, type Scene } from './scene.ts';
import { edgesIn } from './focus.ts';
import { added, perSecond } from './series.ts';

const tones: readonly Tone[] = ['bad', 'unsure', 'violet', 'teal', 'quiet'];

/** Why calls were not answered: failures of the callee, and refusals on this side. */
export function reasonsChart({ run, other, focus }: Scene): ChartData | undefined {
  const reasons = reasonsOf(run, focus);
  if (reasons.length === 0) return undefined;
  const lines = reasons.slice(0, tones.length).map(({ label, values }, index): Line => {
    return { label, values, tone: tones[index] ?? 'quiet', form: 'line' };
  });
  const others = other === undefined ? [] : reasonsOf(other, focus);
  const beside =
    other === undefined
      ? []
      : lines.map((line) => {
          const same = others.find(({ label }) => label === line.label);
          return onto(run, other, { ...line, values: same?.values ?? other.toMs.map(() => 0) });
        });
  return {
    id: 'reasons',
    title: text.charts.reasons,
    unit: 'perSecond',
    lines,
    beside,
    limits: [],
  };
}

function reasonsOf(run: PageRun, focus: Scene['focus']) {
  const byLabel = new Map<string, (readonly number[])[]>();
  for (const { series } of edgesIn(run, focus)) {
    for (const kind of ['failed', 'rejected'] as const) {
      for (const [reason, values] of Object.entries(series.counts[kind] ?? {})) {
        const label = text.charts.reason[kind](reason);
        byLabel.set(label, [...(byLabel.get(label) ?? []), values]);
      }
    }
  }
  return [...byLabel]
    .map(([label, lists]) => ({ label, values: perSecond(run, added(run, lists)) }))
    .toSorted((left, right) => Math.max(...right.values) - Math.max(...left.values));
}
