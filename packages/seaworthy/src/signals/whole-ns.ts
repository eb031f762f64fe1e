const NS_PER_MS = 1e6;

/**
 * Milliseconds rounded to whole nanoseconds, for records. Virtual time is no finer; what arithmetic
 * adds behind that is noise, and noise does not compress.
 */
export function roundToNs(valueMs: number): number {
  const ns = valueMs * NS_PER_MS;
  // Above 2^53 nanoseconds (104 days) a Float64 has no digits to round.
  return Number.isSafeInteger(Math.round(ns)) ? Math.round(ns) / NS_PER_MS : valueMs;
}
