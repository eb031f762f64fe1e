import { describe, expect, it } from 'vitest';

import { bracketsOf, narrowed } from './bracket.ts';
import { leastLoad, type LoopPoint, mostLoad } from './loop.ts';
import { proportion } from './proportion.ts';

/** A walk: `+1 +2 -2.5 -2 +1.6`, healthy or not, up until the first that is not, then down. */
function walk(text: string): readonly LoopPoint[] {
  const steps = text.split(' ').filter((step) => step !== '');
  const turn = steps.findIndex((step) => step.startsWith('-'));
  return steps.map((step, index) => ({
    load: Math.abs(Number(step)),
    healthy: step.startsWith('+'),
    direction: turn >= 0 && index > turn ? 'down' : 'up',
    servedShare: 1,
    fails: [],
  }));
}

describe('bracketsOf', () => {
  it('looks a step around where the loop broke and came back', () => {
    const { upper, lower, overload } = bracketsOf(walk('+1 +2 -2.5 -2 +1.6'));
    expect(upper).toEqual({ from: 1.6, to: 3.125 });
    expect(lower).toEqual({ from: 1.28, to: 2.5 });
    expect(overload).toBe(3.125);
  });

  it('looks at the end of the range where the walk has come to it', () => {
    const top = { from: mostLoad, to: mostLoad };
    expect(bracketsOf(walk('+1 +10 +26'))).toEqual({ upper: top, lower: top, overload: 40 });
    const bottom = { from: leastLoad, to: leastLoad };
    expect(bracketsOf(walk('-1 -0.1 -0.017'))).toMatchObject({ upper: bottom, lower: bottom });
  });

  it('looks everywhere beyond where a walk was left open', () => {
    const open = bracketsOf(walk('+1 +5'));
    expect(open.upper).toEqual({ from: 4, to: mostLoad });
    expect(open.lower).toEqual({ from: leastLoad, to: mostLoad });
    const down = bracketsOf(walk('+1 -4 -2'));
    expect(down.upper).toEqual({ from: 0.8, to: 5 });
    expect(down.lower).toEqual({ from: leastLoad, to: 2.5 });
    expect(bracketsOf([]).upper).toEqual({ from: leastLoad, to: mostLoad });
  });
});

describe('narrowed', () => {
  const range = { from: 0.5, to: 4 };

  it('leaves out the side on which the runs at the load of the file say that it is not', () => {
    expect(narrowed(range, proportion(0, 5))).toEqual({ from: 1, to: 4 });
    expect(narrowed(range, proportion(5, 5))).toEqual({ from: 0.5, to: 1 });
    expect(narrowed(range, proportion(2, 5))).toEqual(range);
    expect(narrowed({ from: 2, to: 4 }, proportion(5, 5))).toEqual({ from: 2, to: 4 });
  });
});
