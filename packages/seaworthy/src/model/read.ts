import type { Model } from './model.ts';
import { didYouMean } from './nearest.ts';
import { Problems } from './problems.ts';
import { readParts } from './parts.ts';
import { resolve } from './resolve/resolve.ts';
import type { LocatedMap } from './source/located.ts';
import { overlay } from './source/overlay.ts';
import { parse } from './source/parse.ts';
import { Source } from './source/source.ts';

export { ModelError } from './problem.ts';

export interface ReadOptions {
  /** The overlay to apply. Default: none, the file as it stands. */
  readonly environment?: string;
}

/**
 * Reads the text of a file, YAML or JSON, as a model.
 *
 * @throws ModelError with all that is wrong with the file.
 */
export function readModel(text: string, fileName: string, options: ReadOptions): { model: Model } {
  const source = new Source(fileName, text);
  const problems = new Problems(source);
  const root = parse(source, problems);
  if (root !== undefined && root.kind !== 'map') {
    problems.add(root.at, [], 'not a model', 'write "seaworthy: 1" and the keys of a model');
  }
  problems.throwIfAny();
  const model = readRoot(root as LocatedMap, options.environment, problems);
  problems.throwIfAny();
  return { model };
}

function readRoot(root: LocatedMap, environment: string | undefined, problems: Problems): Model {
  const merged = environment === undefined ? root : merge(root, environment, problems);
  return resolve(readParts(merged, problems), merged, environment, problems);
}

function merge(root: LocatedMap, environment: string, problems: Problems): LocatedMap {
  const merged = overlay(root, environment, problems);
  if (merged !== undefined) return merged;
  const environments = root.entries.get('environments')?.value;
  const known = environments?.kind === 'map' ? [...environments.entries.keys()] : [];
  if (!known.includes(environment)) {
    const hint = known.length === 0 ? 'the file has none' : didYouMean(environment, known);
    problems.atKey(root, ['environments'], `unknown environment "${environment}"`, hint);
  }
  problems.throwIfAny();
  return root;
}
