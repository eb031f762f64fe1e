import { ModelError } from '../../problem.ts';
import { Problems } from '../../problems.ts';
import type { Located } from '../../source/located.ts';
import { parseAll } from '../../source/parse.ts';
import type { Source } from '../../source/source.ts';
import type { NotUnderstood } from '../landscape.ts';
import { Value } from './value.ts';

/** The output of a whole release: all objects of a large system in one file. */
const allowed = { characters: 5_000_000, lexemes: 1_000_000, tags: true };

/** Of Helm, Jinja and their like, where YAML has values. */
const template = /\{\{|\{%|<%/;

/**
 * The documents of a file, YAML or JSON, and what could not be read of it. A change of the trees on
 * the way (compose fills in variables) is done by `change`.
 */
export function readYaml(
  source: Source,
  notUnderstood: NotUnderstood[],
  change: (located: Located) => Located = (it) => it,
): readonly Value[] {
  const problems = new Problems(source);
  try {
    const trees = parseAll(source, problems, allowed);
    if (trees !== undefined) return trees.map((tree) => new Value(change(tree), source));
    problems.throwIfAny();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    // Its other problems are mostly consequences of the first.
    const { file, line, column, message } = error.problems[0]!;
    const isTemplate = template.test(source.text);
    const why = isTemplate ? 'a template: give check what it becomes' : message;
    notUnderstood.push({ file, line, column, why, isBroken: !isTemplate });
  }
  return [];
}
