import { describe, expect, it } from 'vitest';
import type { RandomStream } from './streams.ts';
import { stream } from './streams.ts';

/** Enough to see a bias of one in a thousand. */
const manyDraws = 2 ** 20;

/**
 * Chi-square beyond these means one chance in a million, for `cells` − 1 degrees of freedom (Wilson
 * and Hilferty).
 */
function chiSquareBounds(cells: number): [number, number] {
  const degrees = cells - 1;
  const width = 4.9 * Math.sqrt(2 / (9 * degrees));
  return [
    degrees * (1 - 2 / (9 * degrees) - width) ** 3,
    degrees * (1 - 2 / (9 * degrees) + width) ** 3,
  ];
}

function chiSquare(counts: readonly number[], total: number): number {
  const expected = total / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function cellCounts(cells: number, next: () => number, draws: number): number[] {
  const counts = Array.from({ length: cells }, () => 0);
  for (let draw = 0; draw < draws; draw++) {
    const cell = Math.floor(next() * cells);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

function expectUniform(cells: number, next: () => number, draws: number = manyDraws): void {
  const [low, high] = chiSquareBounds(cells);
  const found = chiSquare(cellCounts(cells, next, draws), draws);
  expect(found).toBeGreaterThan(low);
  expect(found).toBeLessThan(high);
}

function take(source: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => source.nextUint32());
}

describe('a stream', () => {
  it('draws what it has always drawn', () => {
    expect(take(stream(1, 'web', 'arrivals'), 4)).toEqual([
      1728503538, 2871338295, 3883606567, 1637284082,
    ]);
    expect(stream(1, 'web', 'arrivals').next()).toBe(0.40244859210055717);
  });

  it('is the generator sfc32, worked out on whole numbers without a size', () => {
    const mask = 0xffffffffn;
    let [a, b, c, counter] = [0n, 0n, 0n, 1n];
    const step = (): bigint => {
      const drawn = (a + b + counter) & mask;
      counter = (counter + 1n) & mask;
      a = b ^ (b >> 9n);
      b = (c + (c << 3n)) & mask;
      c = ((((c << 21n) | (c >> 11n)) & mask) + drawn) & mask;
      return drawn;
    };
    // The words of seed 1 (the double 0x3ff00000_00000000), entity 'a' and purpose '': absorbed
    // with four steps each.
    for (const word of [0x3ff00000n, 0n, 1n, 0n, 97n]) {
      a ^= word;
      for (let skipped = 0; skipped < 4; skipped++) step();
    }
    for (let skipped = 0; skipped < 16; skipped++) step();
    expect(take(stream(1, 'a', ''), 1000)).toEqual(
      Array.from({ length: 1000 }, () => Number(step())),
    );
  });

  it('fills [0, 1) evenly', () => {
    const source = stream(7, 'web', 'service time');
    expectUniform(1024, () => source.next());
  });

  it('has 53 random bits, the lowest as even as the highest', () => {
    const source = stream(7, 'web', 'low bits');
    expectUniform(1024, () => (source.next() * 2 ** 43) % 1);
  });

  it('has no pattern from one draw to the next', () => {
    const source = stream(7, 'web', 'pairs');
    expectUniform(1024, () => {
      const first = Math.floor(source.next() * 32);
      return (first + source.next()) / 32;
    });
  });
});

describe('streams of neighbours', () => {
  const neighbours: [string, RandomStream, RandomStream][] = [
    ['names', stream(1, 'replica/1', 'jitter'), stream(1, 'replica/2', 'jitter')],
    ['purposes', stream(1, 'web', 'jitter'), stream(1, 'web', 'jitter2')],
    ['seeds', stream(1, 'web', 'jitter'), stream(2, 'web', 'jitter')],
    ['seeds beyond 32 bits', stream(2 ** 40, 'web', 'jitter'), stream(2 ** 41, 'web', 'jitter')],
    ['fractional seeds', stream(0.1, 'web', 'jitter'), stream(0.2, 'web', 'jitter')],
  ];
  it.each(neighbours)('are independent: %s', (_, one, other) => {
    expectUniform(1024, () => {
      const row = Math.floor(one.next() * 32);
      return (row + other.next()) / 32;
    });
  });

  it('are independent in their first draws, over many seeds and many names', () => {
    let made = 0;
    const firstDraw = (): number => {
      made += 1;
      return stream(made % 1024, `client/${Math.floor(made / 1024)}`, 'jitter').next();
    };
    // Making a stream is slower than drawing from one.
    expectUniform(256, firstDraw, 2 ** 17);
  });

  it('differ wherever the parts are cut', () => {
    const cuts = [
      stream(1, 'ab', 'c'),
      stream(1, 'a', 'bc'),
      stream(1, 'abc', ''),
      stream(1, '', 'abc'),
    ];
    expect(new Set(cuts.map((source) => source.nextUint32())).size).toBe(cuts.length);
  });

  it('are the same for the same parts, and for 0 and −0', () => {
    expect(take(stream(5, 'a', 'b'), 10)).toEqual(take(stream(5, 'a', 'b'), 10));
    expect(take(stream(-0, 'a', 'b'), 10)).toEqual(take(stream(0, 'a', 'b'), 10));
  });
});
