import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log, power, tanh } from './elementary.ts';

/** What is promised, and the last bit that the functions of the engine may be wrong by. */
const promised = 4e-16;
const ofTheEngine = 2.3e-16;
const many = { numRuns: 2500 };

function error(found: number, expected: number): number {
  return found === expected ? 0 : Math.abs(found / expected - 1);
}

const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });
const nearOne = fc.double({ min: 0.5, max: 2, noNaN: true });
const exponent = fc.double({ min: -708, max: 709, noNaN: true });

describe('elementary functions', () => {
  it('log agrees with the engine, subnormals included', () => {
    fc.assert(
      fc.property(fc.oneof(positive, nearOne), (x) => {
        expect(error(log(x), Math.log(x))).toBeLessThan(promised + ofTheEngine);
      }),
      many,
    );
  });

  it('exp agrees with the engine where results are normal', () => {
    fc.assert(
      fc.property(fc.oneof(exponent, fc.double({ min: -2, max: 2, noNaN: true })), (x) => {
        expect(error(exp(x), Math.exp(x))).toBeLessThan(promised + ofTheEngine);
      }),
      many,
    );
  });

  it('exp is within the last bit where results are subnormal', () => {
    fc.assert(
      fc.property(fc.double({ min: -745, max: -708, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) - Math.exp(x))).toBeLessThanOrEqual(5e-324);
      }),
    );
  });

  it('exp takes back what log did', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        // An error of the logarithm in its last bit is multiplied by its size.
        expect(error(exp(log(x)), x)).toBeLessThan(promised * (1 + Math.abs(log(x))));
      }),
      many,
    );
  });

  it('power agrees with the engine, less so the larger y log x', () => {
    const base = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(base, fc.double({ min: -50, max: 50, noNaN: true }), (x, y) => {
        const allowed = promised * (1 + Math.abs(y * Math.log(x))) + ofTheEngine;
        expect(error(power(x, y), x ** y)).toBeLessThan(allowed);
      }),
      many,
    );
  });

  it('tanh agrees with the engine, stays within ±1 and is odd', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        expect(error(tanh(x), Math.tanh(x))).toBeLessThan(1e-15);
        expect(Math.abs(tanh(x))).toBeLessThanOrEqual(1);
        expect(tanh(-x) + tanh(x)).toBe(0);
      }),
      many,
    );
  });

  it('log and exp never step back', () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(log(x * (1 + 2 ** -51))).toBeGreaterThanOrEqual(log(x));
      }),
      many,
    );
  });
});
