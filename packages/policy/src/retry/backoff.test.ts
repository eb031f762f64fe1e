import { describe, expect, it } from 'vitest';
import type { BackoffSettings, Jitter } from '../call/settings.ts';
import { stream } from '../random/streams.ts';
import { portable } from '../random/elementary.ts';
import { backoffDelayMs } from './backoff.ts';

function settings(jitter: Jitter): BackoffSettings {
  return { baseMs: 50, capMs: 1000, factor: 2, jitter };
}

/** Dice that always fall the same. */
function always(value: number): { next(): number } {
  return { next: () => value };
}

/** The f(t) of Polly's `RetryHelper`. */
function growth(t: number): number {
  return 2 ** t * Math.tanh(Math.sqrt(4 * t));
}

const low = always(0);
const high = always(1 - 2 ** -53);

function delays(jitter: Jitter, dice: { next(): number }, attempts: number): number[] {
  const found: number[] = [];
  let waitedMs = 0;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const delayMs = backoffDelayMs(
      settings(jitter),
      attempt,
      found.at(-1) ?? 0,
      dice,
      waitedMs,
      portable,
    );
    found.push(delayMs);
    waitedMs += delayMs;
  }
  return found;
}

function mean(jitter: Jitter, attempt: number, previousDelayMs: number, waitedMs: number): number {
  const dice = stream(1, 'backoff', String(jitter));
  let sum = 0;
  for (let draw = 0; draw < 20_000; draw++) {
    sum += backoffDelayMs(settings(jitter), attempt, previousDelayMs, dice, waitedMs, portable);
  }
  return sum / 20_000;
}

describe('the delay between attempts', () => {
  it('starts at the base, not at twice the base, and ends at the cap', () => {
    expect(delays('none', low, 7)).toEqual([50, 100, 200, 400, 800, 1000, 1000]);
  });

  it('full: anything from 0', () => {
    expect(delays('full', low, 3)).toEqual([0, 0, 0]);
    expect(delays('full', always(0.5), 7)).toEqual([25, 50, 100, 200, 400, 500, 500]);
    expect(mean('full', 2, 0, 0)).toBeCloseTo(50, -1);
  });

  it('equal: anything from the half', () => {
    expect(delays('equal', low, 6)).toEqual([25, 50, 100, 200, 400, 500]);
    expect(delays('equal', always(0.5), 6)).toEqual([37.5, 75, 150, 300, 600, 750]);
  });

  it('decorrelated: from the base to three times the one before, as published', () => {
    expect(delays('decorrelated', low, 3)).toEqual([50, 50, 50]);
    expect(delays('decorrelated', always(0.5), 5)).toEqual([100, 175, 287.5, 456.25, 709.375]);
    expect(delays('decorrelated', high, 4).map(Math.round)).toEqual([150, 450, 1000, 1000]);
    // U(50, 600) has the mean 325.
    expect(mean('decorrelated', 3, 200, 200)).toBeCloseTo(325, -1);
  });

  it('a share: so much to either side, and still not above the cap', () => {
    expect(delays(0.25, low, 3)).toEqual([37.5, 75, 150]);
    expect(delays(0.25, always(0.75), 3)).toEqual([56.25, 112.5, 225]);
    expect(delays(0.25, high, 6).at(-1)).toBe(1000);
    expect(delays(1, low, 3)).toEqual([0, 0, 0]);
  });

  it('smooth: attempt n comes at base / 1.4 × f(n − 1 + U) after the first failure', () => {
    const drawn = [0.3, 0.9, 0.1, 0.5];
    let draw = 0;
    const dice = { next: (): number => drawn[draw++] ?? 0 };
    let waitedMs = 0;
    for (const [index, delayMs] of delays('smooth', dice, drawn.length).entries()) {
      waitedMs += delayMs;
      expect(waitedMs).toBeCloseTo((50 / 1.4) * growth(index + (drawn[index] ?? 0)), 9);
    }
  });

  it('smooth: the median of the first delay is about the base', () => {
    const median = backoffDelayMs(settings('smooth'), 1, 0, always(0.5), 0, portable);
    expect(median).toBeGreaterThan(40);
    expect(median).toBeLessThan(50);
  });

  it('smooth: a hint that was waited for makes the next delay neither negative nor a jump', () => {
    const afterHint = backoffDelayMs(settings('smooth'), 2, 9000, low, 9000, portable);
    expect(afterHint).toBe(0);
    const afterNone = backoffDelayMs(settings('smooth'), 3, 0, high, 0, portable);
    expect(afterNone).toBeLessThan((50 / 1.4) * 8);
  });

  it('draws once for a delay, so that all variants use the dice alike', () => {
    for (const jitter of ['full', 'equal', 'decorrelated', 'smooth', 0.2] satisfies Jitter[]) {
      let draws = 0;
      const dice = {
        next: (): number => {
          draws += 1;
          return 0.5;
        },
      };
      backoffDelayMs(settings(jitter), 2, 50, dice, 50, portable);
      expect(draws).toBe(1);
    }
  });
});
