import type { Limits, TriggerResult } from '../../judge/limits/result.ts';
import type { Threshold } from '../../judge/limits/search.ts';
import { type Mark, plot, type Series } from '../plot.ts';
import { countText } from '../quantities.ts';
import type { Page } from '../sections/page.ts';
import { wrap } from '../wrap.ts';
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

/** Runs of similar size become one point: fewer would jump between none and all. */
const runsOfPoint = 6;

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
  ];
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
  const title = `${colours.strong('TRIGGER')}  ${trigger.name}`;
  if (trigger.skipped !== undefined) return ['', `${title}: ${trigger.skipped}`];
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
  const written =
    asWritten === undefined
      ? ''
      : `; ${text(1)}, as in the file, tips ${probabilityText(asWritten)}`;
  switch (tipsAt.kind) {
    case 'found':
      return `half of the runs collapse at ${text(tipsAt.at)} (95 %: ${intervalText(tipsAt, text)}, ${after})${written}`;
    case 'above':
      return `nothing tips it up to ${text(tipsAt.than)} (${after})`;
    case 'below':
      return `everything tips it, down to ${text(tipsAt.than)} (${after})`;
    case 'unknown':
      return `${thresholdText(tipsAt, text)}: there was no run of it`;
  }
}

function curvePicture(trigger: TriggerResult, { colours }: Page): readonly string[] {
  const { tipsAt, curve } = trigger;
  if (tipsAt.kind !== 'found' || curve.length === 0) return [];
  const text = sizeTextOf(trigger);
  const fitted = curve.map(({ size, probability }) => ({ x: size, y: probability }));
  const series: readonly Series[] = [
    { sign: '·', paint: colours.quiet, points: fitted },
    { sign: '●', points: pointsOf(trigger) },
  ];
  const marks = [
    { x: fitted[0]!.x, text: text(fitted[0]!.x) },
    { x: tipsAt.at, text: text(tipsAt.at) },
    { x: fitted.at(-1)!.x, text: text(fitted.at(-1)!.x) },
  ];
  return plot({ width, height, series, marks });
}

/** What was seen: the share of the runs that collapsed, a few runs a point. */
function pointsOf({ observed }: TriggerResult): Series['points'] {
  const count = Math.max(1, Math.floor(observed.length / runsOfPoint));
  return Array.from({ length: count }, (_, index) => {
    const part = observed.slice(
      Math.floor((index * observed.length) / count),
      Math.floor(((index + 1) * observed.length) / count),
    );
    const collapsed = part.filter((each) => each.collapsed).length;
    const logs = part.reduce((sum, each) => sum + Math.log(each.size), 0);
    return { x: Math.exp(logs / part.length), y: collapsed / part.length };
  });
}
