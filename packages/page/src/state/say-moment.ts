import { edgesIn } from '../data/focus.ts';
import { allOf, intervalAt, numbers, perSecond } from '../data/series.ts';
import { momentText, rateText } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { say } from './announce.ts';
import { momentMs } from './moment.ts';
import { focus, run } from './view.ts';

/** Tells those who do not see the charts what is at the cursor. */
export function sayMoment(): void {
  const { value } = run;
  if (value === undefined) return;
  const at = intervalAt(value, momentMs.value);
  const parts = edgesIn(value, focus.value).map(({ series }) => series);
  const rate = (field: string): string =>
    rateText(perSecond(value, allOf(value, parts, numbers, field))[at] ?? 0);
  const { offered, succeeded } = text.charts;
  say(
    `${momentText(momentMs.value)}: ${offered} ${rate('offered')}, ${succeeded} ${rate('succeeded')}`,
  );
}
