import { numberText } from '../judge/words.ts';

export { countText } from '../model/quantity-text.ts';

/** A number in three significant digits, short enough for a column: `298`, `12.3k`, `1.2M`. */
export function numberCell(value: number): string {
  if (value >= 999_500) return `${numberText(value / 1e6)}M`;
  if (value >= 9_995) return `${numberText(value / 1e3)}k`;
  return numberText(value);
}

/** A rate likewise: `12.3k/s`. */
export function rateCell(perSecond: number): string {
  return `${numberCell(perSecond)}/s`;
}

/**
 * How far from the limit, in words: `20 % to spare`, `30 % beyond`, `16x the limit`.
 *
 * @param margin a share of the limit; negative beyond it
 */
export function marginText(margin: number): string {
  if (margin >= 0) return `${Math.floor(margin * 100)} % to spare`;
  // From twice the limit on, a factor is easier to see than a percentage.
  if (margin <= -999) return 'more than 999x';
  if (margin <= -1) return `${numberText(1 - margin)}x the limit`;
  return `${Math.ceil(-margin * 100)} % beyond`;
}
