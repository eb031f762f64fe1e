import { describe, expect, it } from 'vitest';
import { durationUnit, factorUnit, parseUnit, rateUnit, shareUnit, sizeUnit } from './unit.ts';

describe('parseUnit', () => {
  it.each([
    [durationUnit, '1ns', 0.000_001],
    [durationUnit, '250us', 0.25],
    [durationUnit, '1.005s', 1005],
    [durationUnit, '90m', 5_400_000],
    [durationUnit, '0.5h', 1_800_000],
    [durationUnit, '1d', 86_400_000],
    [rateUnit, '300/s', 300],
    [rateUnit, '90/m', 1.5],
    [rateUnit, '3600/h', 1],
    [shareUnit, '99.9%', 0.999],
    [shareUnit, '0.1%', 0.001],
    [factorUnit, '2.5x', 2.5],
    [sizeUnit, '1.5MB', 1_500_000],
    [sizeUnit, '2KiB', 2048],
  ])('%o %s', (unit, text, value) => {
    expect(parseUnit(unit, text)).toBe(value);
  });

  it.each(['5', '5 ms', '1e3ms', '.5s', '5msx', 'ms', '1m30s', '∞s', '5MS'])('not %s', (text) => {
    expect(parseUnit(durationUnit, text)).toBeUndefined();
  });
});
