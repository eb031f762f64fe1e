import type { SignalKind } from './signals.ts';

/**
 * How far two values may be apart and still say the same: a share of the value, and in its own unit
 * for small ones. Times: a timer of Node is up to a millisecond late, and a service answers after
 * several of them. Shares: five in a hundred.
 */
const tolerances: Readonly<Record<SignalKind, { readonly share: number; readonly least: number }>> =
  {
    rate: { share: 0.15, least: 0 },
    time: { share: 0.2, least: 5 },
    share: { share: 0, least: 0.05 },
    level: { share: 0.2, least: 0.5 },
  };

/** Two values differ by chance as well: three standard errors of their difference. */
const chance = 3 * Math.SQRT2;

/** @param noise the standard error of either value, where it is known */
export function agrees(
  kind: SignalKind,
  value: number,
  difference: number,
  noise: number,
): boolean {
  const { share, least } = tolerances[kind];
  return difference <= Math.max(share * value, least, chance * noise);
}
