import { describe, expect, it } from 'vitest';

import { plot } from './plot.ts';

const points = (pairs: readonly (readonly [number, number])[]) => pairs.map(([x, y]) => ({ x, y }));

describe('plot', () => {
  it('puts shares over sizes, which are as far apart as factors', () => {
    const series = [
      {
        sign: '·',
        points: points([
          [1, 0],
          [10, 0.5],
          [100, 1],
        ]),
      },
      {
        sign: '●',
        points: points([
          [10, 0.5],
          [100, 7],
        ]),
      },
    ];
    const marks = [
      { x: 10, text: '10/s' },
      { x: 11, text: 'near' },
      { x: 100, text: 'right' },
    ];
    expect(plot({ width: 21, height: 3, series, marks }).join('\n')).toMatchInlineSnapshot(`
      " 100 % ┤                    ●
        50 % ┤          ●
         0 % ┤·
             └──────────┴─────────┴
                        10/s  right
                        near"
    `);
  });

  it('has room for a single size', () => {
    const lines = plot({
      width: 5,
      height: 3,
      series: [{ sign: 'x', points: points([[3, 1]]) }],
      marks: [],
    });
    expect(lines[0]).toBe(' 100 % ┤x');
  });
});
