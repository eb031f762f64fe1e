import { ModelError } from '../../problem.ts';
import { Problems } from '../../problems.ts';
import type { Located } from '../../source/located.ts';
import { parseAll } from '../../source/parse.ts';
import type { Source } from '../../source/source.ts';
import type { NotUnderstood } from '../landscape.ts';
import { Value } from './value.ts';

/** The output of a whole release: all objects of a large system in one file. */
const size = { characters: 5_000_000, lexemes: 1_000_000 };

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
    const trees = parseAll(source, problems, size);
    if (trees !== undefined) return trees.map((tree) => new Value(change(tree), source));
    problems.throwIfAny();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    // Its other problems are mostly consequences of the first.
    const { file, line, column, message } = error.problems[0]!;
    notUnderstood.push({ file, line, column, why: message });
  }
  return [];
}
