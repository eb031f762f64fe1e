import type { Limits, StateName, StateResult } from '../../judge/limits/result.ts';
import type { Paint } from '../columns.ts';
import type { Page } from '../sections/page.ts';
import { wrap } from '../wrap.ts';
import type { Threshold } from '../../judge/limits/search.ts';
import { loadTextOf, probabilityText, type SizeText } from './words.ts';

/** What matters of limits: one statement or two, each with its word. */
export interface Statement {
  readonly about: 'failing' | StateResult['name'];
  readonly text: string;
}

/** What fails at any load, the state of the load, and how sure that is. */
export function headline(limits: Limits, page: Page): readonly string[] {
  const { colours } = page;
  const { model, load } = limits;
  const statements = statementsOf(limits);
  const words = statements.map((each) => wordOf(each, limits));
  const indent = Math.max(...words.map((word) => word.length)) + 2;
  const margin = ' '.repeat(indent);
  const environment = model.environment === undefined ? '' : `, environment ${model.environment}`;
  const what = `${model.name}${environment}, load of ${load.sources.join(', ')}`;
  const lines = statements.flatMap(({ about, text }, index) => {
    const [first = '', ...rest] = wrap(text, indent);
    const word = words[index] ?? '';
    const painted = colours.strong(paintOf(about, page)(word)) + margin.slice(word.length);
    return [painted + colours.strong(first), ...rest.map((each) => margin + colours.strong(each))];
  });
  lines.push(...wrap(what, indent).map((text) => margin + colours.quiet(text)));
  if (limits.status === 'complete') return lines;
  const text = 'interrupted: this is what was known by then';
  return [...lines, ...wrap(text, indent).map((each) => margin + colours.unsure(each))];
}

function wordOf({ about }: Statement, { status }: Limits): string {
  return status === 'interrupted' && about === 'inconclusive' ? 'INTERRUPTED' : about.toUpperCase();
}

function paintOf(about: Statement['about'], { colours }: Page): Paint {
  switch (about) {
    case 'stable':
      return colours.good;
    case 'failing':
    case 'vulnerable':
    case 'overloaded':
      return colours.bad;
    case 'inconclusive':
      return colours.unsure;
  }
}

/** What matters; what fails at any load comes first. */
export function statementsOf(limits: Limits): readonly Statement[] {
  const { failing, state } = limits;
  const about = { about: state.name, text: sentenceOf(limits) };
  return failing.length === 0 ? [about] : [{ about: 'failing', text: failingText(limits) }, about];
}

function failingText(limits: Limits): string {
  const { failing, load } = limits;
  const text = loadTextOf(limits);
  const least = failing[0]?.tried[0]?.load ?? load.given;
  const names = failing.map((each) => each.text).join('; ');
  const [verb, them] = failing.length === 1 ? ['fails', 'it'] : ['fail', 'them'];
  return (
    `${names} ${verb} at every load tried, from ${text(least)} to ${text(load.given)}: ` +
    `less load does not help. The rest is judged without ${them}.`
  );
}

function sentenceOf(limits: Limits): string {
  const { state, stableUpTo, vulnerableUpTo, load } = limits;
  const text = loadTextOf(limits);
  const given = text(load.given);
  switch (state.name) {
    case 'stable':
      return `At ${given} it comes back from a collapse by itself${upTo(stableUpTo, text)}${sure(limits, 'stable')}.`;
    case 'vulnerable':
      return `At ${given} it is healthy, but would stay down after a collapse${carries(stableUpTo, text, 'comes back only at', 'comes back at')}${sure(limits, 'vulnerable')}.`;
    case 'overloaded':
      return `At ${given} it collapses by itself${carries(vulnerableUpTo, text, 'carries', 'carries')}${sure(limits, 'overloaded')}.`;
    case 'inconclusive': {
      const { stable: a, vulnerable: b, overloaded: c } = state.probability;
      return `Not enough to tell for ${given}: stable ${probabilityText(a)}, vulnerable ${probabilityText(b)}, overloaded ${probabilityText(c)}.`;
    }
  }
}

/** What is stable at its load is so up to another. */
function upTo(stable: Threshold, text: SizeText): string {
  switch (stable.kind) {
    case 'found':
      return `, and does up to ${text(stable.at)}`;
    case 'between':
      return `, and does up to somewhere between ${text(stable.low)} and ${text(stable.high)}`;
    case 'above':
      return `, and does at every load tried, up to ${text(stable.than)}`;
    case 'below':
    case 'unknown':
      return '';
  }
}

/** How much less load it takes. What is known to be above the load is no answer to that. */
function carries(threshold: Threshold, text: SizeText, does: string, never: string): string {
  switch (threshold.kind) {
    case 'found':
      return `: it ${does} ${text(threshold.at)}`;
    case 'between':
      return `: it ${does} somewhere between ${text(threshold.low)} and ${text(threshold.high)}`;
    case 'below':
      return `: it ${never} no load tried, down to ${text(threshold.than)}`;
    case 'above':
    case 'unknown':
      return '';
  }
}

function sure({ state }: Limits, name: StateName): string {
  return ` (${probabilityText(state.probability[name])} sure)`;
}
