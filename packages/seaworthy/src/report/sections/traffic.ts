import type { ClassResult, LatencyResult, TrafficResult } from '../../judge/verdict.ts';
import { durationText, shareText } from '../../judge/words.ts';
import type { Cell } from '../columns.ts';
import { linesOf } from '../html/objective-lines.ts';
import { rateCell } from '../quantities.ts';
import { latencySparkline, spanLine } from '../sparkline.ts';
import type { Trial } from '../trial.ts';
import { numericColumns, type Page, section, tableRows } from './page.ts';

/** Each source: what it asked for and what came of it. */
export function traffic(trial: Trial, page: Page): readonly string[] {
  const columns = numericColumns(20, 6, 10);
  const heading = ['TRAFFIC', 'offered', 'goodput', 'success', 'fallback', 'failed', 'rejected'];
  const rows = trial.verdict.traffic.flatMap((source) => [
    trafficRow(source, page),
    ...source.classes.map((one) => classRow(one, page)),
  ]);
  return section(page, heading, columns, tableRows(rows, columns));
}

function trafficRow(source: TrafficResult, page: Page): readonly (Cell | string)[] {
  return [
    source.source,
    rateCell(source.offeredPerSecond),
    rateCell(source.goodputPerSecond),
    ...shareCells(source, page),
  ];
}

function classRow(one: ClassResult, page: Page): readonly (Cell | string)[] {
  return [
    { text: `  ${one.criticality}`, paint: page.colours.quiet },
    '',
    '',
    ...shareCells(one, page),
  ];
}

type Shares = Pick<
  TrafficResult,
  'successShare' | 'fallbackShare' | 'failedShare' | 'rejectedShare'
>;

function shareCells(shares: Shares, page: Page): readonly (Cell | string)[] {
  // None at all is the calm case: it steps back, so that the rest is seen.
  const share = (value: number): Cell =>
    value === 0 ? { text: '0 %', paint: page.colours.quiet } : { text: shareText(value) };
  return [
    shareText(shares.successShare),
    share(shares.fallbackShare),
    share(shares.failedShare),
    share(shares.rejectedShare),
  ];
}

const nameWidth = 17;
const timeWidth = 9;
const sparklineWidth = 16;

/** From the intended start to the answer, and the p99 over time, with the faults below it. */
export function latency(trial: Trial, page: Page): readonly string[] {
  const { run, model, scenario } = trial;
  const columns = [
    ...numericColumns(nameWidth, 5, timeWidth),
    { width: sparklineWidth + 2, align: 'left' as const },
  ];
  const rows = trial.verdict.traffic.map((source, index): (Cell | string)[] => {
    const edge = model.sources[index]?.edge ?? -1;
    return [
      source.source,
      ...latencyCells(source.latency),
      `  ${latencySparkline(run, edge, sparklineWidth)}`,
    ];
  });
  const spans = (scenario?.faults ?? []).map((fault) => ({
    fromMs: fault.atMs,
    toMs: fault.atMs + fault.forMs,
  }));
  const marks = spanLine(run, spans, sparklineWidth);
  if (marks.trim() !== '') {
    const text = `  ${marks.trimEnd()}`;
    rows.push(['', '', '', '', '', 'faults', { text, paint: page.colours.unsure }]);
  }
  const heading = ['LATENCY', 'p50', 'p90', 'p99', 'p99.9', 'max', '  p99 over time'];
  const lines = section(page, heading, columns, tableRows(rows, columns));
  return hasLateFailures(trial) ? [...lines, page.colours.quiet(ANSWERED)] : lines;
}

const ANSWERED = 'of answered calls; an objective counts those that failed late as well';

/** Then this table and an objective that failed seem to contradict each other. */
function hasLateFailures({ verdict, run }: Trial): boolean {
  const isLate = linesOf(run.header, verdict).some(({ measure, objective }) => {
    return measure.kind === 'latency' && verdict.objectives[objective]?.outcome === 'fail';
  });
  return isLate && verdict.traffic.some(({ failedShare }) => failedShare > 0);
}

function latencyCells(result: LatencyResult): readonly string[] {
  const { p50, p90, p99, p999, max } = result;
  return [p50, p90, p99, p999, max].map(timeCell);
}

/** A dash where the sample is too small for the percentile. */
export function timeCell(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '–' : durationText(milliseconds);
}
