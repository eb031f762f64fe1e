import type { CacheResult, EdgeResult, FallbackResult } from '../../judge/verdict.ts';
import { durationText, rateText, roughShareText, shareText } from '../../judge/words.ts';
import type { Cell, Column } from '../columns.ts';
import { countText, numberCell } from '../quantities.ts';
import type { Trial } from '../trial.ts';
import { wrap } from '../wrap.ts';
import { numericColumns, type Page, section, tableRows } from './page.ts';
import { timeCell } from './traffic.ts';

const columns = [
  ...numericColumns(20, 2, 10),
  ...[9, 9, 10, 12].map((width): Column => ({ width, align: 'right' })),
];

/**
 * The edges that matter, or all: success after retries (effective) beside success of single
 * attempts (actual), and the attempts per task between the two.
 */
export function edges(trial: Trial, page: Page): readonly string[] {
  const { verdict } = trial;
  const shown = verdict.edges.filter((edge) => page.all || edge.notable);
  const hidden = verdict.edges.length - shown.length;
  const heading = ['EDGES', 'effective', 'actual', 'attempts', 'p99', 'wait p99', 'in flight'];
  const rows = shown.map((edge) => [
    ...tableRows([edgeRow(edge)], columns).flat(),
    ...remarkRows(edge, page),
  ]);
  const more = `${countText(hidden, 'calm edge')} not shown: see --all`;
  if (hidden === 0) return section(page, heading, columns, rows);
  if (rows.length === 0)
    return ['', `${page.colours.strong('EDGES')}  ${page.colours.quiet(more)}`];
  return [...section(page, heading, columns, rows), page.colours.quiet(more)];
}

function edgeRow(edge: EdgeResult): readonly (Cell | string)[] {
  // Nobody called, or nobody saw it.
  if (edge.offeredPerSecond === 0) return [edge.edge, '–', '–', '–', '–', '–', '–'];
  const slots = edge.limit > 0 ? `/${numberCell(edge.limit)}` : '';
  return [
    edge.edge,
    shareText(edge.successShare),
    shareText(edge.attemptSuccessShare),
    numberCell(edge.attemptsPerTask),
    timeCell(edge.latency.p99),
    timeCell(edge.waitP99Ms),
    numberCell(edge.inFlightMax) + slots,
  ];
}

/** `fallback 34 % (timeout 80 %, breaker-open 20 %; link 2 5 %), the normal path for 170 s`. */
function fallbackRemark(share: number, { reasons, links, normalMs }: FallbackResult): string {
  const why = reasons
    .slice(0, shownReasons)
    .map((each) => `${each.reason} ${roughShareText(each.share)}`);
  const further = links
    .map((each, link) => ({ each, link }))
    .filter(({ each, link }) => link > 0 && each > 0)
    .map(({ each, link }) => `; link ${link + 1} ${roughShareText(each)}`);
  const normal = normalMs > 0 ? `, the normal path for ${durationText(normalMs)}` : '';
  return `fallback ${shareText(share)} (${why.join(', ')}${further.join('')})${normal}`;
}

/** The line has room for so many. */
const shownReasons = 2;

function remarkRows(edge: EdgeResult, page: Page): readonly string[] {
  const parts: string[] = [];
  if (edge.rejectedShare > 0) parts.push(`rejected ${shareText(edge.rejectedShare)}`);
  if (edge.fallback !== undefined) parts.push(fallbackRemark(edge.fallbackShare, edge.fallback));
  if (edge.breakerOpenShare > 0) {
    parts.push(`breaker open ${shareText(edge.breakerOpenShare)} of the time`);
  }
  const lines = parts.length === 0 ? [] : [parts.join(', ')];
  if (edge.cache !== undefined) lines.push(cacheLine(edge.cache));
  return lines.flatMap((line) => wrap(line, 2).map((text) => `  ${page.colours.quiet(text)}`));
}

function cacheLine(cache: CacheResult): string {
  const shares: readonly (readonly [string, number])[] = [
    ['hit', cache.hitShare],
    ['stale', cache.staleShare],
    ['missed', cache.missShare],
    ['joined', cache.joinedShare],
    ['failed', cache.failedShare],
    ['rescued', cache.rescuedShare],
  ];
  const seen = shares.filter(([name, share]) => name === 'hit' || share > 0);
  const refreshed =
    cache.refreshedPerSecond > 0
      ? `, ${rateText(cache.refreshedPerSecond)} refreshed in the background`
      : '';
  return (
    `cache ${seen.map(([name, share]) => `${name} ${shareText(share)}`).join(', ')}; ` +
    `${rateText(cache.recomputedPerSecond)} fetched${refreshed}, ` +
    `at most ${numberCell(cache.recomputingMax)} of one key at once`
  );
}
