import type { Verdict } from '../../judge/verdict.ts';
import { intervalToJson } from '../../signals/interval-json.ts';
import type { Run } from '../../signals/run.ts';
import { linesOf } from './objective-lines.ts';
import { PageColumns, pageRun } from './page-columns.ts';
import type { PageRun } from './page-run.ts';

export interface Shown {
  readonly label: string;
  readonly record: string;
  readonly command: string | undefined;
  readonly run: Run;
  readonly verdict: Verdict | undefined;
}

/** A run as the page needs it. */
export function reduceRun({ label, record, command, run, verdict }: Shown): PageRun {
  const { header, intervals, events, eventsDropped, tasks = [] } = run;
  const columns = new PageColumns(header);
  for (const interval of intervals) columns.add(intervalToJson(interval));
  const lines = linesOf(header, verdict);
  return pageRun(
    { label, record, command, header, verdict, eventsDropped, events, tasks, lines },
    columns,
  );
}
