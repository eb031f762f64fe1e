import { durationText, shareText } from '../../judge/words.ts';
import type { Column } from '../columns.ts';
import { numberCell, rateCell } from '../quantities.ts';
import type { Trial } from '../trial.ts';
import { numericColumns, type Page, section, tableRows } from './page.ts';
import { timeCell } from './traffic.ts';

/** The message queues: what came in, what was done, and what that took. */
export function queues(trial: Trial, page: Page): readonly string[] {
  // Shares may have four decimals.
  const columns = [...numericColumns(14, 5, 9), ...[11, 10].map(shareColumn)];
  const heading = ['QUEUES', 'in', 'done', 'p99', 'backlog', 'oldest', 'again', 'dead'];
  const cells = trial.verdict.queues.map((queue) => [
    queue.queue,
    rateCell(queue.publishedPerSecond),
    rateCell(queue.donePerSecond),
    timeCell(queue.latency.p99),
    numberCell(queue.backlogMax),
    durationText(queue.ageMs),
    shareText(queue.redeliveredShare),
    shareText(queue.deadLetterShare),
  ]);
  return section(page, heading, columns, tableRows(cells, columns));
}

/** The rows: locks, the time it took to get one, and writes that came too late. */
export function rows(trial: Trial, page: Page): readonly string[] {
  const columns = numericColumns(20, 4, 10);
  const heading = ['ROWS', 'locks', 'wait p99', 'waiting', 'conflicts'];
  const cells = trial.verdict.rows.map((some) => [
    some.rows,
    rateCell(some.locksPerSecond),
    timeCell(some.waitP99Ms),
    numberCell(some.queueMean),
    shareText(some.conflictShare),
  ]);
  return section(page, heading, columns, tableRows(cells, columns));
}

function shareColumn(width: number): Column {
  return { width, align: 'right' };
}
