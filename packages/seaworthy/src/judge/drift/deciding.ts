import type { Difference } from './settings.ts';

/** Which differences between two environments make their verdicts differ. */
export type Deciding =
  /** Each of these does it alone. */
  | { readonly kind: 'alone'; readonly differences: readonly Difference[] }
  /** None does it alone; these do it together, and not without any one of them. */
  | { readonly kind: 'together'; readonly differences: readonly Difference[] }
  /** It was interrupted. */
  | { readonly kind: 'unknown' };

/**
 * Whether the first environment comes to the outcome of the second when it gets what the second has
 * in these places. Undefined: it was interrupted.
 */
export type Decides = (differences: readonly Difference[]) => Promise<boolean | undefined>;

/**
 * Finds what decides: each difference is tried alone; where none decides alone, all of them are
 * given, and taken back one by one as long as the outcome stays. So there are at most twice as many
 * trials as differences.
 */
export async function decidingOf(
  differences: readonly Difference[],
  decides: Decides,
): Promise<Deciding> {
  const alone: Difference[] = [];
  for (const difference of differences) {
    // One after the other: each trial has all cores for its replications.
    const decided = await decides([difference]);
    if (decided === undefined) return { kind: 'unknown' };
    if (decided) alone.push(difference);
  }
  if (alone.length > 0) return { kind: 'alone', differences: alone };
  let together = differences;
  for (const difference of differences) {
    const others = together.filter((each) => each !== difference);
    if (others.length === 0) break;
    const decided = await decides(others);
    if (decided === undefined) return { kind: 'unknown' };
    if (decided) together = others;
  }
  return { kind: 'together', differences: together };
}
