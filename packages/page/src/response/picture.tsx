import type { Tone } from '../chart/chart-data.ts';
import { valueText } from '../chart/units.ts';
import { type Measured, type Phase, goodput, type Response } from '../data/response.ts';
import { clockText } from '../data/words.ts';
import { Frame, type Plane } from '../limits/frame.tsx';
import { cursorMs, lengthMs, pinned } from '../state/view.ts';
import { text } from '../text/english.ts';
import { loadScale, timeScale } from './axes.ts';
import { arrowOf, legsOf, milestonesOf, nearest, pathOf, type Spot, spotsOf } from './way.ts';

export const toneOf: Readonly<Record<Phase, Tone>> = {
  steady: 'accent',
  before: 'accent',
  rising: 'accent',
  during: 'unsure',
  after: 'bad',
  falling: 'bad',
};

const HEIGHT = 260;

/** What was measured over the load that came, as a way in order of time. */
export function Picture(props: {
  readonly response: Response;
  /** The same of the other run. */
  readonly beside: Response | undefined;
  readonly measured: Measured;
  /** What it shows, in a sentence. */
  readonly label: string;
}) {
  const { response, beside, measured, label } = props;
  const all = [...response.points, ...(beside?.points ?? [])];
  const load = loadScale(all);
  const up = measured === goodput ? load : timeScale(all, measured);
  return (
    <Frame label={label} axis={load.axis} ticks={load.ticks} up={up} height={HEIGHT} bare>
      {(plane) => {
        const spots = spotsOf(response.points, measured.of, plane);
        return (
          <g class="response" {...pointing(spots)}>
            <rect class="reach" width={plane.width} height={HEIGHT} />
            {measured === goodput && <All plane={plane} up={load.top} />}
            {beside !== undefined && (
              <path class="beside" d={pathOf(spotsOf(beside.points, measured.of, plane))} />
            )}
            <Way spots={spots} />
            <Here spots={spots} />
          </g>
        );
      }}
    </Frame>
  );
}

/** Where all that comes succeeds. */
function All({ plane, up }: { readonly plane: Plane; readonly up: number }) {
  return (
    <path
      class="grid"
      stroke-dasharray="2 4"
      d={`M${plane.x(0)} ${plane.y(0)}L${plane.x(up)} ${plane.y(up)}`}
    >
      <title>{text.response.all}</title>
    </path>
  );
}

function Way({ spots }: { readonly spots: readonly Spot[] }) {
  return (
    <>
      {legsOf(spots).map((leg, at) => (
        <g key={at} data-tone={toneOf[leg.phase]}>
          <path class="way" d={pathOf(leg.spots)} />
          <path class="arrow" d={arrowOf(leg)} />
          {leg.spots.slice(at === 0 ? 0 : 1).map(({ x, y, point }) => (
            <circle key={point.fromMs} cx={x} cy={y} r="2.5" />
          ))}
        </g>
      ))}
      {milestonesOf(spots).map(({ x, y, ms, isEnd }) => (
        <text key={ms} class="moment" x={x} y={y} text-anchor={isEnd ? 'start' : 'end'}>
          {clockText(ms, lengthMs.value)}
        </text>
      ))}
    </>
  );
}

/** The point at the cursor that all of the page shares. */
function Here({ spots }: { readonly spots: readonly Spot[] }) {
  const ms = cursorMs.value;
  const here = spots.find(({ point }) => ms !== undefined && point.fromMs <= ms && ms < point.toMs);
  return here === undefined ? null : <circle class="here" cx={here.x} cy={here.y} r="6" />;
}

/** The point at the cursor, in words. */
export function HereText(props: { readonly response: Response; readonly measured: Measured }) {
  const { response, measured } = props;
  const ms = cursorMs.value;
  const here = response.points.find(
    ({ fromMs, toMs }) => ms !== undefined && fromMs <= ms && ms < toMs,
  );
  if (here === undefined) return null;
  return (
    <li>
      {text.response.at(
        clockText(here.fromMs, lengthMs.value),
        valueText('perSecond', here.offeredPerSecond),
        valueText(measured.unit, measured.of(here)),
      )}
    </li>
  );
}

/** The nearest point is the cursor; a click holds it. */
function pointing(spots: readonly Spot[]) {
  const msAt = (event: PointerEvent): number | undefined => {
    const svg = (event.currentTarget as SVGElement).ownerSVGElement;
    const box = svg?.getBoundingClientRect();
    if (svg === null || box === undefined) return undefined;
    const scale = svg.viewBox.baseVal.width / box.width;
    const spot = nearest(
      spots,
      (event.clientX - box.left) * scale,
      (event.clientY - box.top) * scale,
    );
    return spot === undefined ? undefined : (spot.point.fromMs + spot.point.toMs) / 2;
  };
  return {
    onPointerMove: (event: PointerEvent): void => {
      if (!pinned.value) cursorMs.value = msAt(event);
    },
    onPointerLeave: (): void => {
      if (!pinned.value) cursorMs.value = undefined;
    },
    onPointerUp: (event: PointerEvent): void => {
      cursorMs.value = msAt(event);
      pinned.value = !pinned.value;
    },
  };
}
