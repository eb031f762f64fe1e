import { durationText, momentText, numberText } from '../../judge/words.ts';
import type { Colours } from '../../report/colours.ts';
import { countText, rateCell } from '../../report/quantities.ts';
import { pageWidth } from '../../report/width.ts';
import type { Status } from './status.ts';

const barWidth = 30;

/** The block on a terminal: at most eight lines, so that the work above it stays in sight. */
export function blockLines(status: Status, nowMs: number, colours: Colours): readonly string[] {
  const { began, sample, lastMoment } = status;
  const { quiet, unsure } = colours;
  const bar = barOf(status.share, colours);
  const lines = began.file === undefined ? [] : [began.file];
  lines.push(`${began.scenario}  ${bar}  ${percent(status)}`, quiet(pace(status, nowMs)));
  if (began.kind === 'change-began') lines.push(`trying ${began.change}`.slice(0, pageWidth));
  if (sample !== undefined) {
    lines.push(
      [
        `offered ${rateCell(sample.offeredPerSecond)}`,
        `goodput ${rateCell(sample.goodputPerSecond)}`,
        `p99 ${sample.p99Ms === undefined ? '–' : durationText(sample.p99Ms)}`,
        `attempts per task ${numberText(sample.attemptsPerTask)}`,
      ].join('   '),
    );
    if (sample.breakersOpen.length > 0) {
      lines.push(unsure(`breaker open: ${sample.breakersOpen.join(', ')}`));
    }
  }
  if (lastMoment !== undefined) {
    lines.push(`${quiet(momentText(lastMoment.atMs))}  ${lastMoment.text}`);
  }
  if (status.stopping) lines.push(unsure('stopping; once more to end at once'));
  return lines;
}

/** How much of it is done, 0 to 1. */
export function barOf(share: number, { good, quiet }: Colours): string {
  const filled = Math.floor(share * barWidth);
  return good('━'.repeat(filled)) + quiet('─'.repeat(barWidth - filled));
}

/** The same in one line, for logs. */
export function plainLine(status: Status): string {
  const { began, sample } = status;
  const parts = [`${began.scenario} ${percent(status)}`, doneText(status)];
  if (began.kind === 'change-began') parts.unshift(`trying ${began.change}`);
  if (began.file !== undefined) parts.unshift(began.file);
  if (sample !== undefined) {
    parts.push(
      `at ${momentText(sample.atMs)} of ${momentText(began.durationMs)}`,
      `offered ${rateCell(sample.offeredPerSecond)}`,
      `goodput ${rateCell(sample.goodputPerSecond)}`,
      `p99 ${sample.p99Ms === undefined ? 'unknown' : durationText(sample.p99Ms)}`,
      `attempts per task ${numberText(sample.attemptsPerTask)}`,
    );
  }
  return parts.join(', ');
}

function pace(status: Status, nowMs: number): string {
  const { began, sample } = status;
  const parts = [
    `${momentText(sample?.atMs ?? 0)} of ${momentText(began.durationMs)}`,
    doneText(status),
  ];
  const leftMs = status.leftMs(nowMs);
  if (leftMs !== undefined) {
    parts.push(`${numberText(status.timesRealTime(nowMs))} times real time`);
    parts.push(`${Math.ceil(leftMs / 1000)} s left`);
  }
  return parts.join(', ');
}

function doneText(status: Status): string {
  const { replications } = status.began;
  return `${status.replicationsDone} of ${countText(replications, 'replication')} done`;
}

function percent(status: Status): string {
  return `${Math.floor(status.share * 100)} %`;
}
