import { describe, expect, it } from 'vitest';
import { exp, log, power, tanh } from './elementary.ts';
import { stream } from './streams.ts';

/** FNV-1a over the bits of the numbers: one bit of difference anywhere gives another hash. */
function hashOfBits(values: Iterable<number>): number {
  const view = new DataView(new ArrayBuffer(8));
  let hash = 0x811c9dc5;
  for (const value of values) {
    view.setFloat64(0, value);
    for (let index = 0; index < 8; index++) {
      hash = Math.imul(hash ^ view.getUint8(index), 0x01000193) >>> 0;
    }
  }
  return hash;
}

function* overTheRange(of: (x: number) => number): Generator<number> {
  const source = stream(1, 'elementary', 'bits');
  for (let draw = 0; draw < 10_000; draw++) yield of(source.next());
}

describe('log', () => {
  it('is right at the ends and the odd places', () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(-Infinity);
    expect(log(-0)).toBe(-Infinity);
    expect(log(Infinity)).toBe(Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(NaN)).toBeNaN();
    expect(log(5e-324)).toBe(-744.4400719213812);
    expect(log(Number.MAX_VALUE)).toBe(709.782712893384);
    expect(log(Math.E)).toBe(1);
    expect(log(2)).toBe(Math.LN2);
  });

  it('keeps its precision beside 1, where logarithms cancel', () => {
    // ε − ε²/2 and −ε/2 − ε²/8, each to the nearest double.
    expect(log(1 + 2 ** -52)).toBe(2.2204460492503128e-16);
    expect(log(1 - 2 ** -53)).toBe(-(2 ** -53));
    expect(log(1.000001)).toBe(Math.log1p(1.000001 - 1));
  });
});

describe('exp', () => {
  it('is right at the ends and the odd places', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(NaN)).toBeNaN();
    expect(exp(710)).toBe(Infinity);
    expect(exp(-746)).toBe(0);
    expect(exp(709.7)).toBeLessThan(Infinity);
  });

  it('goes down through the subnormals to the smallest double', () => {
    expect(exp(-745)).toBe(5e-324);
    // e^−740 = 4.2e-322.
    expect(exp(-740) / 5e-324).toBe(85);
    expect(exp(-1e-20)).toBe(1);
  });
});

describe('power', () => {
  it('is exact for whole powers of small numbers', () => {
    expect(power(2, 10)).toBe(1024);
    expect(power(2, 64)).toBe(2 ** 64);
    expect(power(3, 20)).toBe(3486784401);
    expect(power(1.5, 3)).toBe(3.375);
    expect(power(2, -3)).toBe(0.125);
  });

  it('is right at the ends and the odd places', () => {
    expect(power(0, 0)).toBe(1);
    expect(power(0, 2)).toBe(0);
    expect(power(0, 0.5)).toBe(0);
    expect(power(0, -1)).toBe(Infinity);
    expect(power(1, 1e6)).toBe(1);
    expect(power(2, 1e6)).toBe(Infinity);
    expect(power(2, -1e6)).toBe(0);
    expect(power(0.5, 1e6)).toBe(0);
    expect(power(Infinity, 0.5)).toBe(Infinity);
    expect(power(-2, 2)).toBeNaN();
    expect(power(4, 0.5)).toBeCloseTo(2, 15);
  });
});

describe('tanh', () => {
  it('is right at the ends and the odd places', () => {
    expect(tanh(0)).toBe(0);
    expect(tanh(1e-300)).toBe(1e-300);
    expect(tanh(-1)).toBe(-tanh(1));
    expect(tanh(1)).toBeCloseTo(0.7615941559557649, 15);
    expect(tanh(20)).toBe(1);
    expect(tanh(Infinity)).toBe(1);
    expect(tanh(-Infinity)).toBe(-1);
    expect(tanh(NaN)).toBeNaN();
  });
});

describe('on every engine', () => {
  it('the bits are the same', () => {
    expect(hashOfBits(overTheRange((x) => log(x * 1000)))).toBe(4016207110);
    expect(hashOfBits(overTheRange((x) => exp(x * 1400 - 700)))).toBe(4167552924);
    expect(hashOfBits(overTheRange((x) => power(x * 10, x * 100)))).toBe(2770139544);
    expect(hashOfBits(overTheRange((x) => tanh(x * 25)))).toBe(3356824700);
  });
});
