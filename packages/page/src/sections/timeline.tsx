import { signal } from '@preact/signals';

import { useWidth } from '../chart/size.ts';
import { lanesOf } from '../data/happened.ts';
import { clockText, ticksOf } from '../data/words.ts';
import type { PageRun } from '../seaworthy.ts';
import { chosen, cursorMs, lengthMs, pinned, span } from '../state/view.ts';
import { text } from '../text/english.ts';
import { Faults, LANE, Lanes, Load, LOAD, type Scale } from './timeline-lanes.tsx';
import { FindingMark, marksOf } from './timeline-marks.tsx';

const AXIS = 16;

/** All of the run on one axis: what came, what went wrong when; drag to choose a part. */
export function Timeline({ run }: { readonly run: PageRun }) {
  const { element, width } = useWidth<HTMLDivElement>();
  return (
    <nav class="timeline" aria-label={text.sections.timeline}>
      <div ref={element} class="timeline-inner">
        {width > 0 && <Strip run={run} width={width} />}
      </div>
    </nav>
  );
}

interface StripProps {
  readonly run: PageRun;
  readonly width: number;
}

/** Where a drag began. */
const dragFromMs = signal<number | undefined>(undefined);
const dragToMs = signal<number | undefined>(undefined);

function Strip({ run, width }: StripProps) {
  const length = lengthMs.value;
  const x = (ms: number): number => (ms / length) * width;
  const lanes = lanesOf(run);
  const findings = run.verdict?.findings ?? [];
  const rows = 1 + (findings.length > 0 ? 1 : 0) + lanes.length;
  const height = LOAD + rows * LANE + AXIS;
  const momentOf = (event: PointerEvent): number => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return Math.max(0, Math.min(length, ((event.clientX - box.left) / box.width) * length));
  };
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={text.timeline.key}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        dragFromMs.value = momentOf(event);
        dragToMs.value = undefined;
      }}
      onPointerMove={(event) => {
        if (dragFromMs.value !== undefined) dragToMs.value = momentOf(event);
        else if (!pinned.value) cursorMs.value = momentOf(event);
      }}
      onPointerUp={(event) => endDrag(momentOf(event), length)}
    >
      <Load run={run} x={x} />
      <rect class="veil" width={x(run.header.warmUpMs)} height={LOAD} />
      <Faults run={run} x={x} width={width} height={height - AXIS} />
      {marksOf(findings, x, width).map((place, index) => (
        <FindingMark key={findings[index]!.key} {...{ index, x, place, run }} y={LOAD + LANE} />
      ))}
      <Lanes run={run} x={x} y={LOAD + (rows - lanes.length) * LANE} lanes={lanes} />
      {ticksOf(0, length, width / 72).map((ms) => (
        <text key={ms} class="tick" x={x(ms)} y={height - 3} text-anchor={anchor(ms, length)}>
          {clockText(ms, length)}
        </text>
      ))}
      <Chosen x={x} width={width} height={height - AXIS} />
      <Cursor x={x} height={height - AXIS} />
    </svg>
  );
}

function anchor(ms: number, length: number): string {
  if (ms === 0) return 'start';
  return ms > length * 0.97 ? 'end' : 'middle';
}

/** A drag of less than this is a click. */
const CLICK = 1 / 200;

function endDrag(atMs: number, length: number): void {
  const from = dragFromMs.value;
  dragFromMs.value = undefined;
  dragToMs.value = undefined;
  if (from === undefined) return;
  if (Math.abs(atMs - from) < length * CLICK) {
    cursorMs.value = atMs;
    pinned.value = true;
  } else {
    chosen.value = { fromMs: Math.min(from, atMs), toMs: Math.max(from, atMs) };
  }
}

/** What is not chosen steps back. */
function Chosen(props: { readonly x: Scale; readonly width: number; readonly height: number }) {
  const { x, width, height } = props;
  const dragging = dragFromMs.value;
  const to = dragToMs.value;
  const part =
    dragging !== undefined && to !== undefined
      ? { fromMs: Math.min(dragging, to), toMs: Math.max(dragging, to) }
      : span.value;
  const left = x(part.fromMs);
  const right = x(part.toMs);
  if (left <= 0 && right >= width) return null;
  return (
    <>
      <rect class="veil" x={0} y={0} width={left} height={height} />
      <rect class="veil" x={right} y={0} width={Math.max(0, width - right)} height={height} />
      <rect class="chosen" x={left} y={0.5} width={Math.max(1, right - left)} height={height - 1} />
    </>
  );
}

function Cursor({ x, height }: { readonly x: Scale; readonly height: number }) {
  const { value } = cursorMs;
  if (value === undefined) return null;
  return <line class="cursor" x1={x(value)} x2={x(value)} y1={0} y2={height} />;
}
