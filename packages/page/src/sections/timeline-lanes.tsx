import { frontEdges } from '../data/focus.ts';
import { faultsOf, type Lane } from '../data/happened.ts';
import { allOf, beginOf, numbers, perSecond, total } from '../data/series.ts';
import type { PageRun } from '../seaworthy.ts';
import { text } from '../text/english.ts';

/** The heights of what came, and of each lane below it. */
export const LOAD = 40;
export const LANE = 14;

export type Scale = (ms: number) => number;

/** What came, as a line; what succeeded, as an area below it: between the two is the loss. */
export function Load({ run, x }: { readonly run: PageRun; readonly x: Scale }) {
  const parts = frontEdges(run).map(({ series }) => series);
  const offered = perSecond(run, allOf(run, parts, numbers, 'offered'));
  const succeeded = perSecond(run, allOf(run, parts, numbers, 'succeeded'));
  const fallback = perSecond(run, allOf(run, parts, total, 'fallback'));
  const good = succeeded.map((value, at) => value + fallback[at]!);
  const most = Math.max(1e-9, ...offered, ...good);
  const y = (value: number): number => LOAD - (value / most) * (LOAD - 4);
  const steps = (values: readonly number[]): string =>
    values
      .map((value, at) => `H${x(beginOf(run, at)).toFixed(1)}V${y(value).toFixed(1)}`)
      .join('') + `H${x(run.toMs.at(-1) ?? 0).toFixed(1)}`;
  return (
    <>
      <path class="loss" d={`M0 ${LOAD}${steps(offered)}V${LOAD}Z`} />
      <path class="good" d={`M0 ${LOAD}${steps(good)}V${LOAD}Z`} />
      <path class="offered" d={`M0 ${y(offered[0] ?? 0)}${steps(offered)}`} />
    </>
  );
}

/** About how wide a letter is, in pixels. */
const LETTER = 6;

/** A few letters say nothing. */
const LETTERS_MIN = 8;

function fitted(name: string, letters: number): string {
  if (name.length <= letters) return name;
  return letters < LETTERS_MIN ? '' : `${name.slice(0, Math.floor(letters) - 1)}…`;
}

/** When which fault was at work: a veil over all lanes, and a mark with its name. */
export function Faults(props: {
  readonly run: PageRun;
  readonly x: Scale;
  readonly width: number;
  readonly height: number;
}) {
  const { run, x, width, height } = props;
  const faults = faultsOf(run);
  return faults.map((fault, index) => {
    const left = x(fault.fromMs);
    const right = x(fault.toMs);
    const next = faults[index + 1];
    const rooms = {
      after: (next === undefined ? width : x(next.fromMs)) - right,
      // Between two faults stands the name of the first.
      before: index === 0 ? left : 0,
    };
    const side = rooms.after >= rooms.before ? 'after' : 'before';
    const name = fitted(fault.text, rooms[side] / LETTER - 2);
    return (
      <g key={index} class={fault.kind}>
        <rect class="veiled" x={left} y={0} width={Math.max(2, right - left)} height={height} />
        <rect
          class="mark"
          x={left}
          y={LOAD + 3}
          width={Math.max(3, right - left)}
          height={LANE - 6}
        >
          <title>{fault.text}</title>
        </rect>
        <text
          class="tick"
          x={side === 'after' ? right + 6 : left - 6}
          y={LOAD + LANE - 3}
          text-anchor={side === 'after' ? 'start' : 'end'}
        >
          {name}
        </text>
      </g>
    );
  });
}

/** When which policy was at work, the stronger the more of its callers. */
export function Lanes(props: {
  readonly run: PageRun;
  readonly x: Scale;
  readonly y: number;
  readonly lanes: readonly Lane[];
}) {
  const { run, x, y, lanes } = props;
  return lanes.map((lane, row) => (
    <g key={`${lane.kind} ${lane.name}`}>
      <title>{`${text.lanes[lane.kind]} ${lane.name}`}</title>
      {lane.values.map((value, at) =>
        value <= 0 ? null : (
          <rect
            key={at}
            class={`lane ${lane.kind}`}
            x={x(beginOf(run, at))}
            y={y + row * LANE + 3}
            width={Math.max(1, x(run.toMs[at]!) - x(beginOf(run, at)) + 0.5)}
            height={LANE - 6}
            opacity={0.25 + 0.75 * value}
          />
        ),
      )}
      <text class="tick name" x={0} y={y + row * LANE + LANE - 3}>
        {`${text.lanes[lane.kind]} ${lane.name}`}
      </text>
    </g>
  ));
}
