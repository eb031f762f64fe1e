import type { Edge } from '../data/focus.ts';
import { numberText, type PageRun, rateText, shareText } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import type { Graph } from './graph.ts';
import { edgeMoment, type EdgeMoment } from './moment.ts';

/** What the most attempts of the whole run are drawn as, in pixels. */
export const WIDEST = 22;

/** From here on the extra work is worth a number. */
const AMPLIFIED = 1.15;

/**
 * A call: the tasks that ask for it as a line, all its attempts as a band around it, so that what
 * retries and hedges add is what stands out.
 */
export function EdgeView(props: {
  readonly run: PageRun;
  readonly graph: Graph;
  readonly edge: Edge;
  readonly index: number;
  readonly at: number;
  readonly dim: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { run, graph, edge, index, at, dim, isChosen, onChoose } = props;
  const now = edgeMoment(run, edge, at);
  const path = graph.layout.paths[index];
  const scale = WIDEST / Math.max(1e-9, graph.mostPerSecond);
  const offered = widthOf(now.offeredPerSecond * scale);
  const attempts = widthOf(now.attemptsPerSecond * scale);
  const bad = Math.round((1 - now.success) * 100);
  return (
    <g class="edge" data-dim={dim} data-chosen={isChosen} onClick={onChoose}>
      <title>{words(edge.name, now)}</title>
      <path class="reach" d={path} stroke-width={Math.max(18, attempts)} />
      {attempts > offered && <path class="attempts" d={path} stroke-width={attempts} />}
      {offered === 0 ? (
        <path class="idle" d={path} />
      ) : (
        <path
          class="offered"
          d={path}
          stroke-width={offered}
          stroke={`color-mix(in oklab, var(--bad) ${bad}%, var(--accent))`}
          stroke-dasharray={now.fallback > 0.3 ? '10 4' : undefined}
        />
      )}
    </g>
  );
}

/** Words at an edge: how often each task is tried, and what its policies are doing. */
export function EdgeLabel(props: {
  readonly run: PageRun;
  readonly graph: Graph;
  readonly edge: Edge;
  readonly index: number;
  readonly at: number;
  readonly dim: boolean;
}) {
  const { run, graph, edge, index, at, dim } = props;
  const now = edgeMoment(run, edge, at);
  const place = graph.layout.labels[index];
  if (place === undefined) return null;
  const ratio = now.attemptsPerSecond / now.offeredPerSecond;
  const states = text.topology;
  const badges = [
    ...(ratio > AMPLIFIED && Number.isFinite(ratio) ? [`×${numberText(ratio)}`] : []),
    ...(now.breakerOpen > 0.01 ? [states.breaker(shareText(now.breakerOpen))] : []),
    ...(now.fallback > 0.01 ? [states.fallback(shareText(now.fallback))] : []),
    ...(now.budgetEmpty ? [states.budgetEmpty] : []),
    ...(now.atLimit ? [states.atLimit] : []),
  ];
  if (badges.length === 0) return null;
  const scale = WIDEST / Math.max(1e-9, graph.mostPerSecond);
  const half = Math.max(now.attemptsPerSecond, now.offeredPerSecond) * (scale / 2);
  const top = place.y - half - 8 - (badges.length - 1) * LINE;
  return (
    <g class="badges" data-dim={dim} aria-hidden="true">
      {badges.map((badge, row) => (
        <text key={badge} x={place.x - BEFORE_PILE} y={top + row * LINE} text-anchor="middle">
          {badge}
        </text>
      ))}
    </g>
  );
}

const LINE = 14;
/** Those that wait stand at the end of the edge. */
const BEFORE_PILE = 8;

function widthOf(pixels: number): number {
  return pixels > 0 ? Math.max(1.25, pixels) : 0;
}

function words(name: string, now: EdgeMoment): string {
  return text.topology.edge(
    name,
    rateText(now.offeredPerSecond),
    rateText(now.attemptsPerSecond),
    shareText(now.success),
  );
}
