import type { Scorecard } from '../../judge/trials/scorecard.ts';
import { nullWhereUnknown } from '../json.ts';

/**
 * The scorecard for programs. `schema` counts up when a key changes its meaning or goes away. What
 * is not known is null.
 */
export function printScorecardJson(
  card: Scorecard,
  more: { readonly command: string; readonly written: string | undefined },
): string {
  return `${JSON.stringify({ ...card, ...more }, nullWhereUnknown, 2)}\n`;
}
