import type { Limits, TriggerResult } from '../../judge/limits/result.ts';
import type { Threshold } from '../../judge/limits/search.ts';
import { type Mark, plot, type Series } from '../plot.ts';
import { roughShareText } from '../../judge/words.ts';
import { countText } from '../quantities.ts';
import type { Page } from '../sections/page.ts';
import { wrap } from '../wrap.ts';
import { groupsOf } from './groups.ts';
import {
  intervalText,
  loadTextOf,
  probabilityText,
  type SizeText,
  sizeTextOf,
  thresholdText,
} from './words.ts';

const width = 70;
const height = 7;

/** One run, up and down: what it served at each load. */
export function loop(limits: Limits, page: Page): readonly string[] {
  const { colours } = page;
  if (limits.loop.length < 2) return [];
  const series = (direction: 'up' | 'down', sign: string): Series => ({
    sign,
    paint: direction === 'up' ? colours.good : colours.bad,
    points: limits.loop
      .filter((point) => point.direction === direction)
      .map((point) => ({ x: point.load, y: point.servedShare })),
  });
  const text = loadTextOf(limits);
  const marks = [
    { x: limits.load.given, text: text(limits.load.given) },
    ...markOf(limits.stableUpTo, text),
    ...markOf(limits.vulnerableUpTo, text),
  ];
  const lines = plot({ width, height, series: [series('down', '●'), series('up', '○')], marks });
  return [
    '',
    `${colours.strong('LOOP')}${colours.quiet('  share served by one run: ○ load going up, ● and down again')}`,
    ...lines,
    ...broken(limits, page),
  ];
}

/** What the first load missed that was too much: without it, a collapse is only a word. */
function broken(limits: Limits, page: Page): readonly string[] {
  const first = limits.loop.find(({ direction, healthy }) => direction === 'up' && !healthy);
  if (first === undefined) return [];
  const load = loadTextOf(limits)(first.load);
  const text = `at ${load} it serves ${roughShareText(first.servedShare)}, and misses: ${first.fails.join('; ')}`;
  return wrap(text, 2).map((each) => `  ${page.colours.quiet(each)}`);
}

function markOf(threshold: Threshold, text: SizeText): readonly Mark[] {
  return threshold.kind === 'found' ? [{ x: threshold.at, text: text(threshold.at) }] : [];
}

/** How likely a trigger tips the system, over its size. */
export function triggers(limits: Limits, page: Page): readonly string[] {
  return limits.triggers.flatMap((trigger) => triggerLines(trigger, page));
}

function triggerLines(trigger: TriggerResult, page: Page): readonly string[] {
  const { colours } = page;
  const word = 'TRIGGER  ';
  const title = `${colours.strong(word)}${trigger.name}`;
  if (trigger.skipped !== undefined) {
    const [first = '', ...rest] = wrap(`${trigger.name}: ${trigger.skipped}`, word.length);
    return [
      '',
      colours.strong(word) + first,
      ...rest.map((each) => ' '.repeat(word.length) + each),
    ];
  }
  return [
    '',
    title,
    ...trigger.texts.flatMap((text) => wrap(text, 2).map((each) => `  ${colours.quiet(each)}`)),
    ...wrap(sentenceOf(trigger), 2).map((each) => `  ${each}`),
    ...curvePicture(trigger, page),
  ];
}

function sentenceOf(trigger: TriggerResult): string {
  const { tipsAt, asWritten, observed } = trigger;
  const text = sizeTextOf(trigger);
  const after = countText(observed.length, 'run');
  const collapsed = observed.filter((each) => each.collapsed).length;
  const written =
    asWritten === undefined
      ? ''
      : `; ${text(1)}, as in the file, tips ${probabilityText(asWritten)}`;
  switch (tipsAt.kind) {
    case 'found':
      return `half of the runs collapse at ${text(tipsAt.at)} (95 %: ${intervalText(tipsAt, text)}, ${after})${written}`;
    case 'between':
      return `half of the runs collapse somewhere from ${intervalText(tipsAt, text)} (95 %, ${after})${written}`;
    case 'above':
      return collapsed === 0
        ? `nothing tips it up to ${text(tipsAt.than)} (${after})`
        : `less than half of the runs collapse up to ${text(tipsAt.than)} (${collapsed} of ${after})`;
    case 'below':
      return `most of the runs collapse, down to ${text(tipsAt.than)} (${collapsed} of ${after})`;
    case 'unknown':
      return `${thresholdText(tipsAt, text)}: there was no run of it`;
  }
}

function curvePicture(trigger: TriggerResult, { colours }: Page): readonly string[] {
  const { tipsAt, curve } = trigger;
  if (!('low' in tipsAt) || curve.length === 0) return [];
  const text = sizeTextOf(trigger);
  const fitted = curve.map(({ size, probability }) => ({ x: size, y: probability }));
  const series: readonly Series[] = [
    { sign: '·', paint: colours.quiet, points: fitted },
    { sign: '●', points: pointsOf(trigger) },
  ];
  const marks = [
    { x: fitted[0]!.x, text: text(fitted[0]!.x) },
    ...markOf(tipsAt, text),
    { x: fitted.at(-1)!.x, text: text(fitted.at(-1)!.x) },
  ];
  return plot({ width, height, series, marks });
}

/** What was seen: the share of the runs that collapsed, a few runs a point. */
function pointsOf(trigger: TriggerResult): Series['points'] {
  return groupsOf(trigger).map(({ at, share: { count, of } }) => ({ x: at, y: count / of }));
}
