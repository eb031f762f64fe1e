import { effect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { chosen, cursorMs, pinned, span } from '../state/view.ts';
import { LEFT } from './canvas.ts';

interface Props {
  /** Draws; done again whenever a signal that it reads changes, or the size. */
  readonly paint: (canvas: HTMLCanvasElement) => void;
  /** In pixels; else as the style says. */
  readonly height?: number;
  /** What it shows, in a sentence. */
  readonly label: string;
}

/** A drawing over time, with the cursor that all of the page shares. */
export function Surface({ paint, height, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const band = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = canvas;
    if (current === null) return undefined;
    const again = (): void => paint(current);
    const stop = effect(again);
    const observer = new ResizeObserver(again);
    observer.observe(current);
    return () => {
      stop();
      observer.disconnect();
    };
  }, [paint]);
  useLayoutEffect(
    () =>
      effect(() => {
        if (cursor.current === null || canvas.current === null) return;
        const x = xOf(canvas.current, cursorMs.value);
        cursor.current.hidden = x === undefined;
        if (x !== undefined) cursor.current.style.transform = `translateX(${x}px)`;
      }),
    [],
  );
  return (
    <div
      class="plot"
      role="img"
      tabIndex={0}
      aria-label={label}
      {...pointing(
        () => canvas.current,
        () => band.current,
      )}
    >
      <canvas ref={canvas} {...(height !== undefined && { style: { height: `${height}px` } })} />
      <div ref={cursor} class="cursor-line" hidden />
      <div ref={band} class="band" hidden />
    </div>
  );
}

/** Where a moment is, in pixels from the left; undefined: not in what is drawn. */
function xOf(canvas: HTMLCanvasElement, ms: number | undefined): number | undefined {
  const { fromMs, toMs } = span.value;
  if (ms === undefined || ms < fromMs || ms > toMs) return undefined;
  return LEFT + ((ms - fromMs) / (toMs - fromMs)) * (canvas.clientWidth - LEFT - 2);
}

/** A drag shorter than this, in pixels, is a click. */
const CLICK = 4;

/** Moving shows a moment, a click holds it, a drag chooses a part, a double click all. */
function pointing(canvas: () => HTMLElement | null, band: () => HTMLElement | null) {
  let fromX: number | undefined;
  const msAt = (x: number): number => {
    const box = canvas()?.getBoundingClientRect();
    if (box === undefined) return 0;
    const { fromMs, toMs } = span.value;
    const share = (x - box.left - LEFT) / (box.width - LEFT - 2);
    return fromMs + Math.max(0, Math.min(1, share)) * (toMs - fromMs);
  };
  const showBand = (x: number | undefined): void => {
    const element = band();
    const box = canvas()?.getBoundingClientRect();
    if (element === null || box === undefined) return;
    element.hidden = x === undefined || fromX === undefined;
    if (x === undefined || fromX === undefined) return;
    element.style.left = `${Math.min(x, fromX) - box.left}px`;
    element.style.width = `${Math.abs(x - fromX)}px`;
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      if (event.button === 0) fromX = event.clientX;
    },
    onPointerMove: (event: PointerEvent): void => {
      if (fromX !== undefined) showBand(event.clientX);
      else if (!pinned.value) cursorMs.value = msAt(event.clientX);
    },
    onPointerLeave: (): void => {
      fromX = undefined;
      showBand(undefined);
      if (!pinned.value) cursorMs.value = undefined;
    },
    onPointerUp: (event: PointerEvent): void => {
      const from = fromX;
      fromX = undefined;
      showBand(undefined);
      if (from === undefined) return;
      const [start, end] = [msAt(from), msAt(event.clientX)];
      if (Math.abs(event.clientX - from) > CLICK) {
        chosen.value = { fromMs: Math.min(start, end), toMs: Math.max(start, end) };
      } else {
        cursorMs.value = end;
        pinned.value = !pinned.value;
      }
    },
    onDblClick: (): void => {
      chosen.value = undefined;
    },
  };
}
