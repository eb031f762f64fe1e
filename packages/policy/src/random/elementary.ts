import type { Analysis } from './analysis.ts';

/**
 * Logarithm, exponential, power and hyperbolic tangent from + − × ÷ and the bits of a double alone.
 * The language leaves the last bits of `Math.log` and its kin to the engine, and they differ
 * between versions of V8; these are the same everywhere, so that one seed gives one run. Series and
 * reductions are the textbook ones, derived here.
 */

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
double[0] = 1;
/**
 * Where the sign and exponent of {@link double} are: 1 on little-endian machines, 0 on the others.
 */
const high = words[1] === 0 ? 0 : 1;

/** The exponent field of a double, and what is added to the exponent in it. */
const exponentShift = 20;
const exponentBias = 1023;
const fractionMask = 0xfffff;
/**
 * The upper fraction bits of √2: a larger fraction is halved, so that it lies within a factor √2 of
 * 1.
 */
const fractionOfRootTwo = 0x6a09e;
const smallestNormal = 2.2250738585072014e-308;
/** 2^54 and 2^−64, not by `**`, which has been inexact in some engines. */
const twoTo54 = 0x40000000000000;
const twoToMinus64 = 1 / 0x10000000000000000;

/** ln 2 in two parts. The first has 40 bits, so that its product with an exponent is exact. */
const ln2High = 0.6931471805592082;
const ln2Low = 7.371002565167799e-13;

/** Beyond these, e^x is no double but Infinity, or rounds to 0. */
const largestExponent = 709.782712893384;
const smallestExponent = -745.1332191019412;
/** From here on tanh rounds to 1: 2 e^(−2x) is less than half of the last bit. */
const tanhIsOne = 19.1;
/** |x| up to ln 2 / 2, where {@link exponentialMinusOne} holds. */
const halfLn2 = 0.34657359027997264;
/** Powers up to this are multiplied out: whole powers of small numbers stay exact. */
const multipliedOut = 64;

/**
 * The natural logarithm. Relative error below 4e-16, subnormals included.
 * log(0) = −Infinity, log(1) = 0, log(Infinity) = Infinity, and NaN below zero.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let exponent = -exponentBias;
  if (x < smallestNormal) {
    // A subnormal has no leading one: scale it up until it has.
    x *= twoTo54;
    exponent -= 54;
  }
  double[0] = x;
  const word = words[high] ?? 0;
  exponent += word >>> exponentShift;
  const fraction = word & fractionMask;
  const halved = fraction > fractionOfRootTwo ? 1 : 0;
  exponent += halved;
  words[high] = ((exponentBias - halved) << exponentShift) | fraction;
  const f = (double[0] ?? 0) - 1;
  // log(1 + f) = 2 artanh(s) with s = f / (2 + f); and 2 s = f − s f, where f is exact and the rest
  // is small.
  const s = f / (2 + f);
  const correction = s * (f - artanhTail(s * s));
  return exponent * ln2High + (f - (correction - exponent * ln2Low));
}

/** 2 (z/3 + z²/5 + z³/7 + …), for z = s² up to 0.0295: what is left out is below 1e-18. */
function artanhTail(z: number): number {
  const w = z * z;
  const odd = 2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19 + w * (2 / 23)))));
  const even = 2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21))));
  return z * (odd + z * even);
}

/**
 * e to the power of x. Relative error below 4e-16 where the result is a normal double; a subnormal
 * result is within its last bit. exp(0) = 1, exp(−Infinity) = 0, exp(Infinity) = Infinity.
 */
export function exp(x: number): number {
  if (x > largestExponent) return Infinity;
  if (x < smallestExponent) return 0;
  if (x !== x) return NaN;
  // x = k ln 2 + r with |r| <= ln 2 / 2, so e^x = 2^k e^r.
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * ln2High - k * ln2Low;
  return scale(1 + exponentialMinusOne(r), k);
}

/** e^r − 1 for |r| <= ln 2 / 2, by its power series: what is left out is below 1e-17 of it. */
function exponentialMinusOne(r: number): number {
  const w = r * r;
  const even =
    1 / 2 + w * (1 / 24 + w * (1 / 720 + w * (1 / 40320 + w * (1 / 3628800 + w / 479001600))));
  const odd =
    1 / 6 + w * (1 / 120 + w * (1 / 5040 + w * (1 / 362880 + w * (1 / 39916800 + w / 6227020800))));
  return r + w * (even + r * odd);
}

/** value × 2^k, rounded once, for k from −1075 to 1024. */
function scale(value: number, k: number): number {
  if (k > exponentBias) return value * 2 * powerOfTwo(k - 1);
  if (k > -exponentBias) return value * powerOfTwo(k);
  return value * powerOfTwo(k + 64) * twoToMinus64;
}

function powerOfTwo(k: number): number {
  words[high] = (k + exponentBias) << exponentShift;
  words[1 - high] = 0;
  return double[0] ?? 0;
}

/**
 * x to the power of y, for x >= 0; NaN below zero. Whole powers up to 64 are multiplied out, at
 * most y roundings; for others the relative error is about 4e-16 × (1 + |y log x|).
 */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  if (!(x >= 0)) return NaN;
  if (Number.isInteger(y) && Math.abs(y) <= multipliedOut) {
    return y > 0 ? wholePower(x, y) : 1 / wholePower(x, -y);
  }
  return exp(y * log(x));
}

/** x to the power of a whole number, from 1 on, by multiplications alone. */
function wholePower(x: number, times: number): number {
  let product = 1;
  let square = x;
  for (let left = times; ; square *= square) {
    if (left % 2 === 1) product *= square;
    left = Math.floor(left / 2);
    if (left === 0) return product;
  }
}

/** The hyperbolic tangent. Relative error below 1e-15; tanh(±Infinity) = ±1. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size >= tanhIsOne) return x < 0 ? -1 : 1;
  // tanh x = m / (m + 2) with m = e^(2x) − 1, which near zero must not be had by subtraction.
  const m = 2 * size <= halfLn2 ? exponentialMinusOne(2 * size) : exp(2 * size) - 1;
  const result = m / (m + 2);
  return x < 0 ? -result : result;
}

/** All of them, for engines whose results are to be the same to the bit everywhere. */
export const portable: Analysis = { exp, log, pow: power, tanh };
