import { ticksBetween, ticksUpTo } from '../chart/scale.ts';
import { valueText } from '../chart/units.ts';
import type { Measured, ResponsePoint } from '../data/response.ts';
import { type Axis, linear, logarithmic, type Tick } from '../limits/frame.tsx';

interface Scale {
  readonly top: number;
  readonly axis: Axis;
  readonly ticks: readonly Tick[];
}

/** Beyond the outermost point, so that it does not touch the frame. */
const ROOM = 1.06;

/** The load, and as far up what succeeded of it: so the diagonal is all of it. */
export function loadScale(points: readonly ResponsePoint[]): Scale {
  // More succeeds than comes where what had waited is worked off.
  const rates = points.flatMap((point) => [point.offeredPerSecond, point.succeededPerSecond]);
  const top = ROOM * Math.max(1e-3, ...rates);
  const ticks = ticksUpTo(top).map((at) => ({ at, text: valueText('perSecond', at) }));
  return { top, axis: linear(0, top), ticks };
}

/** Times on a logarithmic axis, as everywhere. */
export function timeScale(points: readonly ResponsePoint[], { of, unit }: Measured): Scale {
  const values = points.map(of).filter((value) => value > 0);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // On a logarithmic axis a share of its length is a power.
  const room = Math.max(ROOM, (most / least) ** (ROOM - 1));
  const [low, high] = [least / room, most * room];
  // At least a factor of three: what hardly moves is to look like that.
  const [bottom, top] = high < low * 3 ? [low / 1.8, high * 1.8] : [low, high];
  const ticks = ticksBetween(Math.log10(bottom), Math.log10(top));
  return {
    top,
    axis: logarithmic(bottom, top),
    ticks: ticks.map((at) => ({ at, text: valueText(unit, at) })),
  };
}
