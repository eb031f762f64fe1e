import { momentText } from '../seaworthy.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Up to here seconds read best: as in the verdict, `150 s`. */
const SECONDS_UP_TO = 10 * MINUTE;

/** A moment on the axis of a run that is this long: `60 s`, `12:30`, `3:05 h`. */
export function clockText(ms: number, lengthMs: number): string {
  if (lengthMs <= SECONDS_UP_TO) return momentText(ms);
  if (lengthMs <= HOUR * 3) {
    return `${Math.floor(ms / MINUTE)}:${pad((ms % MINUTE) / SECOND)} min`;
  }
  return `${Math.floor(ms / HOUR)}:${pad((ms % HOUR) / MINUTE)} h`;
}

function pad(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

const STEPS = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200,
  14_400, 21_600, 43_200, 86_400,
].map((seconds) => seconds * SECOND);

/** Round moments in a part of a run, about as many as there is room for. */
export function ticksOf(fromMs: number, toMs: number, most: number): readonly number[] {
  const least = (toMs - fromMs) / Math.max(1, most);
  const step = STEPS.find((each) => each >= least) ?? Math.ceil(least / 86_400_000) * 86_400_000;
  const first = Math.ceil(fromMs / step) * step;
  const count = Math.max(0, Math.floor((toMs - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step);
}
