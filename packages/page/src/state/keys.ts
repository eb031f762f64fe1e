import { signal } from '@preact/signals';

import { beginOf, intervalAt } from '../data/series.ts';
import { momentMs } from './moment.ts';
import { sayMoment } from './say-moment.ts';
import { play, playing, step } from './play.ts';
import { swap } from './open.ts';
import { lookAt, nextStep, tell } from './story.ts';
import { chosen, cursorMs, everything, focus, lengthMs, pinned, run, span, story } from './view.ts';

export const helping = signal(false);

/** Everything that the pointer can do, the keyboard can. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action(event.shiftKey ? 10 : 1);
  });
}

const actions: Readonly<Record<string, (times: number) => void>> = {
  '?': () => {
    helping.value = !helping.value;
  },
  j: () => finding(1),
  k: () => finding(-1),
  n: () => {
    nextStep();
    sayMoment();
  },
  '[': () => stepTo(-1),
  ']': () => stepTo(1),
  ' ': play,
  ArrowLeft: (times) => move(-times),
  ArrowRight: (times) => move(times),
  w: () => zoom(1 / 2),
  s: () => zoom(2),
  a: () => pan(-1 / 4),
  d: () => pan(1 / 4),
  c: swap,
  t: () => document.querySelector('#topology')?.scrollIntoView(),
  Escape: reset,
};

/** Sliders, fields and open lists have keys of their own. */
function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName)) return true;
  return event.key === ' ' && ['BUTTON', 'SUMMARY'].includes(target.tagName);
}

/** All of the run, all of the system. */
export function reset(): void {
  chosen.value = undefined;
  cursorMs.value = undefined;
  pinned.value = false;
  focus.value = everything;
  story.value = undefined;
  playing.value = false;
  helping.value = false;
}

function finding(direction: 1 | -1): void {
  const count = run.value?.verdict?.findings.length ?? 0;
  if (count === 0) return;
  const current = story.value?.finding ?? (direction === 1 ? -1 : count);
  const next = (current + direction + count) % count;
  if (next !== story.value?.finding) tell(next);
  lookAt(next);
}

function stepTo(direction: 1 | -1): void {
  step(direction);
  sayMoment();
}

function move(intervals: number): void {
  if (run.value === undefined) return;
  const at = intervalAt(run.value, momentMs.value) + intervals;
  const within = Math.max(0, Math.min(run.value.toMs.length - 1, at));
  // Just within: the interval that begins here, not the one that ends.
  cursorMs.value = beginOf(run.value, within) + 1;
  pinned.value = true;
  sayMoment();
}

function zoom(factor: number): void {
  const middle = momentMs.value;
  const half = ((span.value.toMs - span.value.fromMs) * factor) / 2;
  choose(middle - half, middle + half);
}

function pan(share: number): void {
  const { fromMs, toMs } = span.value;
  const by = (toMs - fromMs) * share;
  const within = Math.max(-fromMs, Math.min(lengthMs.value - toMs, by));
  choose(fromMs + within, toMs + within);
}

/** A part shorter than this shows nothing. */
const SHORTEST_MS = 100;

function choose(fromMs: number, toMs: number): void {
  const part = { fromMs: Math.max(0, fromMs), toMs: Math.min(lengthMs.value, toMs) };
  if (part.toMs - part.fromMs < SHORTEST_MS) return;
  const isAll = part.fromMs === 0 && part.toMs === lengthMs.value;
  chosen.value = isAll ? undefined : part;
}
