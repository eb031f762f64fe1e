import { changeText, isSame } from '../../judge/changes/text.ts';
import type {
  BriefFinding,
  Change,
  ChangedObjective,
  Finding,
  TriedChange,
} from '../../judge/verdict.ts';
import { outcomePaint, outcomeSign } from '../colours.ts';
import { wrap } from '../wrap.ts';
import { labelled, labelWidth, type Page } from './page.ts';

/** Where the text of a finding's list stands. */
const indent = 3 + labelWidth;

/**
 * The change that is worth most, as a difference of the file; what it did when it was tried; and
 * what else was tried. A change that was told above is not told again.
 */
export function changeLines(
  finding: Finding,
  above: readonly Finding[],
  page: Page,
): readonly string[] {
  const [change, ...others] = finding.changes;
  if (change === undefined) return [];
  const told = above.findIndex(({ changes }) => changes[0] && isSame(changes[0], change));
  const { tried } = change;
  const effect = tried === undefined ? [] : effectLines(tried, page);
  if (told >= 0) {
    const lines = wrap(`as in finding ${told + 1}`, indent);
    return [...labelled(page, 'change', lines), ...labelled(page, 'tried', effect)];
  }
  const more = tried === undefined ? [] : triedLines(tried, page);
  return [
    ...labelled(page, 'change', [...differenceLines(change, page), ...wrap(change.why, indent)]),
    ...labelled(page, 'tried', [...effect, ...more]),
    ...labelled(page, 'instead', others.flatMap(otherLines)),
  ];
}

function differenceLines({ difference }: Change, page: Page): readonly string[] {
  const { good, bad } = page.colours;
  return difference.map((line) => {
    const text = `${line.charAt(0)} ${line.slice(1)}`;
    if (line.startsWith('+')) return good(text);
    return line.startsWith('-') ? bad(text) : text;
  });
}

function effectLines(tried: TriedChange, { colours }: Page): readonly string[] {
  const { good, bad, unsure } = colours;
  const paint = { solves: good, helps: unsure, trades: unsure, none: bad }[tried.effect];
  return wrap(effectText(tried), indent).map(paint);
}

function triedLines(tried: TriedChange, page: Page): readonly string[] {
  const gone = tried.alsoGone.length === 0 ? [] : [`also gone: ${tried.alsoGone.join('; ')}`];
  return [
    ...tried.objectives.flatMap((objective) => objectiveLines(objective, page)),
    ...gone.flatMap((text) => wrap(text, indent)),
    ...tried.worse
      .flatMap((finding) => wrap(`worse: ${briefText(finding, tried)}`, indent))
      .map(page.colours.bad),
  ];
}

/** What the change did, in a sentence part; the same seeds, so that only the change differs. */
function effectText(tried: TriedChange): string {
  const rest = {
    pass: ', and the scenario passes',
    fail: '; the scenario still fails',
    inconclusive: '',
    invalid: '',
  };
  const scenario = rest[tried.outcome];
  const still = tried.still === undefined ? '' : `: still ${briefText(tried.still, tried)}`;
  switch (tried.effect) {
    case 'solves':
      return `it helps: with the same seeds this finding is gone${scenario}`;
    case 'helps':
      return `it helps in part${still}`;
    case 'trades':
      return still === ''
        ? 'this finding is gone, and something else is worse'
        : `it helps in part, and something else is worse${still}`;
    case 'none':
      return `it does not help${still}`;
  }
}

function briefText({ title, seenIn }: BriefFinding, { replications }: TriedChange): string {
  return replications > 1 ? `${title} (${seenIn} of ${replications} replications)` : title;
}

function objectiveLines({ text, before, after }: ChangedObjective, page: Page): readonly string[] {
  const lines = wrap(`${text}: ${before.observed} -> ${after.observed}`, indent + 2);
  const paint = outcomePaint(page.colours, after.outcome);
  return lines.map(
    (line, index) => `${index === 0 ? paint(outcomeSign[after.outcome]) : ' '} ${line}`,
  );
}

/** Changes that come second: those that were not tried are not worth a line. */
function otherLines(change: Change): readonly string[] {
  if (change.tried === undefined) return [];
  const words = {
    solves: 'helps as well',
    helps: 'tried, helps in part',
    trades: 'tried, makes something else worse',
    none: 'tried, does not help',
  };
  return wrap(`${changeText(change)}: ${words[change.tried.effect]}`, indent);
}
