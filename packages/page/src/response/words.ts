import { valueText } from '../chart/units.ts';
import type { Response, ResponsePoint } from '../data/response.ts';
import { answersOf } from '../data/two-answers.ts';
import { clockText } from '../data/words.ts';
import { numberText, rateText } from '../seaworthy.ts';
import { text } from '../text/english.ts';

const words = text.response;

/** What the picture of a response shows: how far it goes, and whether one load had two answers. */
export function responseSentence({ points }: Response, lengthMs: number): string {
  const [low, high] = endsOf(points, ({ offeredPerSecond }) => offeredPerSecond);
  const [least, most] = endsOf(points, ({ succeededPerSecond }) => succeededPerSecond);
  if (low === undefined || high === undefined || least === undefined || most === undefined) {
    return '';
  }
  const reach = words.reach(
    rateText(low.offeredPerSecond),
    rateText(high.offeredPerSecond),
    rateText(least.succeededPerSecond),
    rateText(most.succeededPerSecond),
  );
  const answers = answersOf(points);
  if (answers === 'alone') return reach;
  if (answers === 'one') return `${reach} ${words.one}`;
  const from = clockText(answers.fromMs, lengthMs);
  const when = answers.toTheEnd
    ? words.toTheEnd(from)
    : words.span(from, clockText(answers.toMs, lengthMs));
  const isTrigger = points.some(({ phase }) => phase === 'after');
  const first = words.first[isTrigger ? 'trigger' : 'leg'];
  return `${reach} ${words.two(
    rateText(answers.loadPerSecond),
    rateText(answers.laterPerSecond),
    first(when, rateText(answers.firstPerSecond)),
  )}`;
}

/** How long answers took, at which load. */
export function timeSentence({ points, quantile }: Response): string {
  const timed = points.filter(({ timeMs }) => !Number.isNaN(timeMs));
  const [least, most] = endsOf(timed, ({ timeMs }) => timeMs);
  if (quantile === undefined || least === undefined || most === undefined) return words.tooFew;
  const reach = words.timeReach(
    percentileText(quantile),
    valueText('ms', least.timeMs),
    rateText(least.offeredPerSecond),
    valueText('ms', most.timeMs),
    rateText(most.offeredPerSecond),
  );
  return timed.length === points.length ? reach : `${reach} ${words.missing}`;
}

export function percentileText(quantile: number): string {
  return `p${numberText(quantile * 100)}`;
}

function endsOf(
  points: readonly ResponsePoint[],
  of: (point: ResponsePoint) => number,
): readonly [least: ResponsePoint | undefined, most: ResponsePoint | undefined] {
  const sorted = points.toSorted((left, right) => of(left) - of(right));
  return [sorted[0], sorted.at(-1)];
}
