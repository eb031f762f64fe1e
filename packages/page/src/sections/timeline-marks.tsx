import type { Finding, PageRun } from '../seaworthy.ts';
import { tell } from '../state/story.ts';
import { story } from '../state/view.ts';
import type { Scale } from './timeline-lanes.tsx';

const RADIUS = 6.5;
/** From one mark to the next, at least. */
const APART = RADIUS * 2 + 2.5;

/** Where the mark of each finding stands: at its beginning, or beside the one that is there. */
export function marksOf(findings: readonly Finding[], x: Scale, width: number): readonly number[] {
  const places = findings.map(({ fromMs }) => x(fromMs) + RADIUS);
  const order = places.map((_, index) => index).toSorted((a, b) => places[a]! - places[b]!);
  let least = RADIUS;
  for (const index of order) {
    places[index] = Math.max(least, places[index]!);
    least = places[index] + APART;
  }
  let most = width - RADIUS;
  for (const index of order.toReversed()) {
    places[index] = Math.min(most, places[index]!);
    most = places[index] - APART;
  }
  return places;
}

/** The number of a finding, and for how long it went on. */
export function FindingMark(props: {
  readonly index: number;
  readonly x: Scale;
  readonly y: number;
  readonly place: number;
  readonly run: PageRun;
}) {
  const { index, x, y, place, run } = props;
  const finding = run.verdict?.findings[index];
  if (finding === undefined) return null;
  return (
    <g
      class="finding-mark"
      data-severity={finding.severity}
      data-told={story.value?.finding === index}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={() => tell(index)}
    >
      <title>{finding.title}</title>
      <line x1={x(finding.fromMs)} x2={x(finding.toMs)} y1={y + 7} y2={y + 7} />
      <circle cx={place} cy={y + 7} r={RADIUS} />
      <text x={place} y={y + 10.5} text-anchor="middle">
        {index + 1}
      </text>
    </g>
  );
}
