import type { ComponentChildren } from 'preact';

const WIDTH = 900;
const HEIGHT = 300;
const LEFT = 60;
const BOTTOM = 34;
const RIGHT = 16;
const TOP = 40;

/** From a value to a share of the axis, 0 to 1. */
export type Axis = (value: number) => number;

export function linear(low: number, high: number): Axis {
  return (value) => (value - low) / (high - low || 1);
}

export function logarithmic(low: number, high: number): Axis {
  return (value) => Math.log(value / low) / Math.log(high / low || Math.E);
}

export function xOf(axis: Axis, value: number): number {
  return LEFT + Math.max(0, Math.min(1, axis(value))) * (WIDTH - LEFT - RIGHT);
}

/** Shares, 0 at the bottom and 1 at the top. */
export function yOf(share: number): number {
  return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
}

/** A drawing with a share on its vertical axis, and marks on the other one. */
export function Frame(props: {
  readonly label: string;
  readonly axis: Axis;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly children: ComponentChildren;
}) {
  const { label, axis, ticks, children } = props;
  return (
    <svg class="frame" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={yOf(share)} y2={yOf(share)} />
          <text x={LEFT - 8} y={yOf(share) + 4} text-anchor="end">
            {share * 100} %
          </text>
        </g>
      ))}
      {ticks.map(({ at, text }) => (
        <text key={at} x={xOf(axis, at)} y={HEIGHT - 12} text-anchor="middle">
          {text}
        </text>
      ))}
      {children}
    </svg>
  );
}

/** A value, with the interval in which it is, and its name at the top. */
export function Mark(props: {
  readonly axis: Axis;
  readonly at: number;
  readonly low?: number;
  readonly high?: number;
  readonly name: string;
  readonly tone: string;
  readonly row?: number;
}) {
  const { axis, at, low, high, name, tone, row = 0 } = props;
  const x = xOf(axis, at);
  return (
    <g class="mark" data-tone={tone}>
      {low !== undefined && high !== undefined && (
        <rect
          x={xOf(axis, low)}
          width={Math.max(1, xOf(axis, high) - xOf(axis, low))}
          y={yOf(1)}
          height={yOf(0) - yOf(1)}
        />
      )}
      <line x1={x} x2={x} y1={yOf(1)} y2={yOf(0)} />
      <text x={x} y={yOf(1) - 8 - row * 16} text-anchor={x > WIDTH * 0.8 ? 'end' : 'middle'}>
        {name}
      </text>
    </g>
  );
}
