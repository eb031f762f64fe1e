import type { Limits, StateName } from '../../judge/limits/result.ts';
import type { Paint } from '../columns.ts';
import type { Page } from '../sections/page.ts';
import { wrap } from '../wrap.ts';
import { loadTextOf, probabilityText, thresholdText } from './words.ts';

/** The state of the load, the sentence that matters, and how sure both are. */
export function headline(limits: Limits, page: Page): readonly string[] {
  const { colours } = page;
  const { state, model, load } = limits;
  const word =
    limits.status === 'interrupted' && state.name === 'inconclusive'
      ? 'INTERRUPTED'
      : state.name.toUpperCase();
  const indent = word.length + 2;
  const margin = ' '.repeat(indent);
  const environment = model.environment === undefined ? '' : `, environment ${model.environment}`;
  const what = `${model.name}${environment}, load of ${load.sources.join(', ')}`;
  const [first = '', ...rest] = wrap(sentenceOf(limits), indent);
  const lines = [
    `${colours.strong(paintOf(limits, page)(word))}  ${colours.strong(first)}`,
    ...rest.map((text) => margin + colours.strong(text)),
    ...wrap(what, indent).map((text) => margin + colours.quiet(text)),
  ];
  if (limits.status === 'complete') return lines;
  const text = 'interrupted: this is what was known by then';
  return [...lines, ...wrap(text, indent).map((each) => margin + colours.unsure(each))];
}

function paintOf({ state }: Limits, { colours }: Page): Paint {
  switch (state.name) {
    case 'stable':
      return colours.good;
    case 'vulnerable':
    case 'overloaded':
      return colours.bad;
    case 'inconclusive':
      return colours.unsure;
  }
}

/** The sentence that matters, and how sure it is. */
export function sentenceOf(limits: Limits): string {
  const { state, stableUpTo, vulnerableUpTo, load } = limits;
  const text = loadTextOf(limits);
  const given = text(load.given);
  const stable = thresholdText(stableUpTo, text);
  const known = stableUpTo.kind !== 'unknown';
  switch (state.name) {
    case 'stable':
      return `At ${given} it comes back from a collapse by itself${known ? `, and does up to ${stable}` : ''}${sure(limits, 'stable')}.`;
    case 'vulnerable':
      return `At ${given} it is healthy, but would stay down after a collapse${known ? `: it comes back only at ${stable}` : ''}${sure(limits, 'vulnerable')}.`;
    case 'overloaded':
      return `At ${given} it collapses by itself: it carries ${thresholdText(vulnerableUpTo, text)}${sure(limits, 'overloaded')}.`;
    case 'inconclusive': {
      const { stable: a, vulnerable: b, overloaded: c } = state.probability;
      return `Not enough to tell for ${given}: stable ${probabilityText(a)}, vulnerable ${probabilityText(b)}, overloaded ${probabilityText(c)}.`;
    }
  }
}

function sure({ state }: Limits, name: StateName): string {
  return ` (${probabilityText(state.probability[name])} sure)`;
}
