import type { ComponentChildren } from 'preact';

import { useWidth } from '../chart/size.ts';

const LEFT = 62;
const BOTTOM = 34;
const RIGHT = 16;
/** Room for one name above the drawing; two beside each other need more than this width. */
const ROW = 16;
const NARROW = 640;
/** Of a letter of a name, about. */
const LETTER = 7.4;

/** From a value to a share of the axis, 0 to 1. */
export type Axis = (value: number) => number;

export function linear(low: number, high: number): Axis {
  return (value) => (value - low) / (high - low || 1);
}

export function logarithmic(low: number, high: number): Axis {
  return (value) => Math.log(value / low) / Math.log(high / low || Math.E);
}

/** Where in a drawing a value is, in pixels. */
export interface Plane {
  readonly width: number;
  /** Names above the drawing do not fit beside each other. */
  readonly narrow: boolean;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

const percent: readonly Tick[] = [0, 0.5, 1].map((at) => ({ at, text: `${at * 100} %` }));

/** Room for the text of one value below the drawing, in pixels. */
const TICK_WIDTH = 76;

/** A drawing of one value over another; the vertical axis is a share, unless it is given. */
export function Frame(props: {
  readonly label: string;
  readonly axis: Axis;
  readonly ticks: readonly Tick[];
  readonly height?: number;
  readonly up?: { readonly axis: Axis; readonly ticks: readonly Tick[] };
  /** Nothing stands above the drawing: no room is kept there. */
  readonly bare?: boolean;
  readonly children: (plane: Plane) => ComponentChildren;
}) {
  const { label, axis, height = 300, up, bare = false, children } = props;
  const { element, width } = useWidth<HTMLDivElement>();
  const { axis: upwards, ticks: levels } = up ?? { axis: linear(0, 1), ticks: percent };
  const narrow = width < NARROW;
  const top = bare ? 10 : (narrow ? 3 : 2) * ROW + 8;
  const plane: Plane = {
    width,
    narrow,
    x: (value) => LEFT + within(axis(value)) * (width - LEFT - RIGHT),
    y: (value) => height - BOTTOM - within(upwards(value)) * (height - BOTTOM - top),
  };
  return (
    <div class="frame" ref={element}>
      {width > 0 && (
        <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
          {levels.map(({ at, text }) => (
            <g key={at}>
              <line class="grid" x1={LEFT} x2={width - RIGHT} y1={plane.y(at)} y2={plane.y(at)} />
              <text x={LEFT - 8} y={plane.y(at) + 4} text-anchor="end">
                {text}
              </text>
            </g>
          ))}
          {thinned(props.ticks, (width - LEFT - RIGHT) / TICK_WIDTH).map(({ at, text }) => (
            <text
              key={at}
              x={plane.x(at)}
              y={height - 12}
              text-anchor={plane.x(at) > width - TICK_WIDTH / 2 ? 'end' : 'middle'}
            >
              {text}
            </text>
          ))}
          {children(plane)}
        </svg>
      )}
    </div>
  );
}

function within(share: number): number {
  return Math.max(0, Math.min(1, share));
}

/** As many of them as there is room for, evenly. */
function thinned(ticks: readonly Tick[], room: number): readonly Tick[] {
  const step = Math.ceil(ticks.length / Math.max(1, room));
  return ticks.filter((_, index) => index % step === 0);
}

/** A value, with the interval in which it is, and its name at the top. */
export function Mark(props: {
  readonly plane: Plane;
  readonly at: number;
  readonly low?: number;
  readonly high?: number;
  readonly name: string;
  readonly tone: string;
  readonly row?: number;
}) {
  const { plane, at, low, high, name, tone, row = 0 } = props;
  const { width, x: xOf, y: yOf } = plane;
  const x = xOf(at);
  const half = (name.length * LETTER) / 2;
  return (
    <g class="mark" data-tone={tone}>
      {low !== undefined && high !== undefined && (
        <rect
          x={xOf(low)}
          width={Math.max(1, xOf(high) - xOf(low))}
          y={yOf(1)}
          height={yOf(0) - yOf(1)}
        />
      )}
      <line x1={x} x2={x} y1={yOf(1)} y2={yOf(0)} />
      <text
        x={Math.max(half, Math.min(width - half, x))}
        y={yOf(1) - 8 - row * ROW}
        text-anchor="middle"
      >
        {name}
      </text>
    </g>
  );
}
