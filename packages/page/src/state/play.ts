import { signal } from '@preact/signals';

import { happenings, momentMs } from './moment.ts';
import { cursorMs, pinned, span } from './view.ts';

export const playing = signal(false);

/** How long all of the chosen part takes to play, in milliseconds. */
const PLAY_MS = 20_000;

/** Those who do not want motion see it in steps. */
const STEP_MS = 600;
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

/** Moves the cursor on until it is stopped, or at the end. */
export function play(): void {
  if (playing.value) {
    playing.value = false;
    return;
  }
  const { fromMs, toMs } = span.value;
  playing.value = true;
  pinned.value = true;
  if (cursorMs.value === undefined || cursorMs.value >= toMs) cursorMs.value = fromMs;
  let last: number | undefined;
  let waited = 0;
  const frame = (now: number): void => {
    if (!playing.value) return;
    waited += last === undefined ? 0 : now - last;
    last = now;
    if (!stillness.matches || waited >= STEP_MS) {
      const part = span.value;
      const next = (cursorMs.value ?? part.fromMs) + (waited / PLAY_MS) * (part.toMs - part.fromMs);
      waited = 0;
      cursorMs.value = Math.min(next, part.toMs);
      if (next >= part.toMs) playing.value = false;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** To the next moment at which something happened, or the one before. */
export function step(direction: 1 | -1): void {
  const moments = direction === 1 ? happenings.value : happenings.value.toReversed();
  const from = momentMs.value;
  const next = moments.find((ms) => (direction === 1 ? ms > from + 0.5 : ms < from - 0.5));
  if (next === undefined) return;
  cursorMs.value = next;
  pinned.value = true;
}
