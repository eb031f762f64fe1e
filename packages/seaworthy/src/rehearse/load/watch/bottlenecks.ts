import type { LoadReading } from '../measure/reading.ts';

/**
 * Beyond these the generator says more of itself than of the target. The shortest timeouts in use
 * are some ten milliseconds; and a loop that is busy for most of the time sees answers late,
 * whatever it sends in time (M/M/1: at 80 % a turn waits for four others).
 */
const latenessP99MaxMs = 10;
const busyShareMax = 0.8;
/** Of the arrivals. More, and the load was not the one that was asked for. */
const lateShareMax = 0.01;
/** A p99 of fewer arrivals would be the word of one. */
const arrivalsMin = 100;

/**
 * Why a run says nothing of the target, because its generator was the bottleneck; as sentences.
 * Empty: it was not.
 *
 * @param reading of the whole run
 */
export function bottlenecks(reading: LoadReading): readonly string[] {
  return [...ofLateness(reading), ...ofBusyness(reading), ...ofLateArrivals(reading)];
}

function ofLateness({ lateness, longestTurnMs, starvedShare }: LoadReading): readonly string[] {
  if (lateness.count < arrivalsMin) return [];
  const p99Ms = lateness.quantile(0.99);
  if (p99Ms <= latenessP99MaxMs) return [];
  const machine =
    starvedShare === undefined
      ? ''
      : `, and the machine had no core for it in ${percent(starvedShare)} of the time`;
  return [
    `the generator was late: one arrival in a hundred by ${p99Ms.toFixed(1)} ms or more ` +
      `(it may be ${latenessP99MaxMs} ms); its longest turn took ` +
      `${longestTurnMs.toFixed(0)} ms${machine}`,
  ];
}

function ofBusyness({ busyShare }: LoadReading): readonly string[] {
  if (busyShare <= busyShareMax) return [];
  return [
    `the generator was busy in ${percent(busyShare)} of the time (it may be ` +
      `${percent(busyShareMax)}): give it more threads, or ask for less`,
  ];
}

function ofLateArrivals({ late, offered }: LoadReading): readonly string[] {
  const counts = Object.entries(late);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  if (all <= lateShareMax * offered) return [];
  const whys = counts.map(([why, count]) => `${why}: ${count}`).join(', ');
  return [
    `the generator could not send ${all} of ${offered} arrivals in time (${whys}): ` +
      'allow more connections, or ask for less',
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
