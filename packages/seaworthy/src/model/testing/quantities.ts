import * as fc from 'fast-check';

/** A duration of some milliseconds, in any unit that says it exactly. */
export function durations(leastMs: number, mostMs: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: leastMs, max: mostMs }), fc.constantFrom('ms', 'us', 's'))
    .map(([ms, unit]) => {
      if (unit === 's') return `${ms / 1000}s`;
      return unit === 'us' ? `${ms * 1000}us` : `${ms}ms`;
    });
}

/** A share, in tenths of a percent. */
export function shares(least: number, most: number): fc.Arbitrary<string> {
  const tenths = { min: Math.round(least * 1000), max: Math.round(most * 1000) };
  return fc.integer(tenths).map((it) => `${it / 10}%`);
}

/** A size of some kilobytes, in any unit that says it exactly. */
export function sizes(leastKb: number, mostKb: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: leastKb, max: mostKb }), fc.constantFrom('B', 'kB', 'MB'))
    .map(([kilobytes, unit]) => {
      if (unit === 'B') return `${kilobytes * 1000}B`;
      return unit === 'MB' ? `${kilobytes / 1000}MB` : `${kilobytes}kB`;
    });
}

/** A factor, in tenths. */
export function factors(least: number, most: number): fc.Arbitrary<string> {
  return fc.integer({ min: least * 10, max: most * 10 }).map((it) => `${it / 10}x`);
}

/** A rate per second or minute. */
export function rates(mostPerSecond: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 1, max: mostPerSecond }), fc.boolean())
    .map(([it, perMinute]) => (perMinute ? `${it * 60}/m` : `${it}/s`));
}

const basic = fc.oneof(
  durations(0, 50),
  fc.record({ constant: durations(0, 50) }),
  fc.record({ exponential: durations(0, 50) }),
  fc.record({ erlang: durations(1, 50), stages: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ p50: durations(1, 20), p99: durations(20, 200) }),
  fc.record({ normal: durations(0, 20), deviation: durations(0, 10) }),
  fc.record({ uniform: fc.tuple(durations(0, 10), durations(10, 50)) }),
  fc
    .tuple(durations(0, 5), durations(5, 20), durations(20, 100))
    .map(([low, middle, high]) => ({ quantiles: { '0%': low, '50%': middle, '100%': high } })),
);

/** Any distribution of at most some hundred milliseconds. */
export const distributions: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: basic, weight: 8 },
  {
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 999 }), basic, basic)
      .map(([tenths, rare, common]) => ({
        mixture: [
          { share: `${tenths / 10}%`, of: rare },
          { share: `${(1000 - tenths) / 10}%`, of: common },
        ],
      })),
    weight: 1,
  },
);
