import type { FileOrigin } from '../../model/import/landscape.ts';
import { didYouMean } from '../../model/nearest.ts';
import { Problems } from '../../model/problems.ts';
import type { Located, LocatedMap, Path } from '../../model/source/located.ts';
import { parse } from '../../model/source/parse.ts';
import type { Source } from '../../model/source/source.ts';
import { isDay } from './day.ts';
import type { Ignore } from './ignore.ts';

/** The file beside the others that says what is ignored. */
export const ignoreFileName = 'seaworthy-ignore.yaml';

const keys = ['rule', 'subject', 'file', 'reason', 'until'] as const;
const right = '- { rule: RT05, reason: why, until: 2027-03-31 }';
const needed = ['rule', 'reason', 'until'] as const;

/**
 * What a list of maps says, each with `rule`, `reason` and `until`, and with `subject` or `file`
 * where it is about some findings of the rule only.
 *
 * @throws ModelError with all that is wrong with it.
 */
export function readIgnores(source: Source): readonly Ignore[] {
  if (source.text.trim() === '') return [];
  const problems = new Problems(source);
  const root = parse(source, problems, right);
  if (root !== undefined && root.kind !== 'list') {
    problems.add(root.at, [], 'not a list', `write ${right}`);
  }
  const items = root?.kind === 'list' ? root.items : [];
  const ignores = items.flatMap((item, index) => ignoreOf(item, [index], source, problems));
  problems.throwIfAny();
  return ignores;
}

function ignoreOf(
  item: Located,
  path: Path,
  source: Source,
  problems: Problems,
): readonly Ignore[] {
  if (item.kind !== 'map') {
    problems.add(
      item.at,
      path,
      'not a map',
      'write: { rule: RT05, reason: why, until: 2027-03-31 }',
    );
    return [];
  }
  refuseUnknown(item, path, problems);
  const text = (key: (typeof keys)[number]) => textOf(item, key, path, problems);
  const { line, column } = source.position(item.at.offset);
  const at: FileOrigin = { kind: 'file', file: source.fileName, line, column };
  const until = text('until') ?? '';
  if (until !== '' && !isDay(until)) {
    problems.atValue(item, ['until'], 'not a day', 'write a day such as 2027-03-31');
  }
  return [
    {
      rule: text('rule') ?? '',
      subject: text('subject'),
      file: text('file'),
      reason: text('reason') ?? '',
      until,
      at,
    },
  ];
}

function refuseUnknown(item: LocatedMap, path: Path, problems: Problems): void {
  for (const [key, { keyAt }] of item.entries) {
    if (keys.some((known) => known === key)) continue;
    problems.add(keyAt, [...path, key], 'unknown key', () => didYouMean(key, keys));
  }
  for (const key of needed) {
    if (!item.entries.has(key)) problems.add(item.at, path, `the key "${key}" is missing`);
  }
}

function textOf(item: LocatedMap, key: string, path: Path, problems: Problems): string | undefined {
  const value = item.entries.get(key)?.value;
  if (value === undefined) return undefined;
  if (value.kind === 'scalar' && value.text.trim() !== '') return value.text;
  problems.add(value.at, [...path, key], 'not a text');
  return undefined;
}
