import type { EffectiveTree } from './effective.ts';
import { effectiveTree } from './effective.ts';
import { applyEdits, type EditScope } from './edit/apply.ts';
import { difference } from './edit/difference.ts';
import type { FileEdit } from './edit/file-edit.ts';
import type { Model } from './model.ts';
import { didYouMean } from './nearest.ts';
import { Problems } from './problems.ts';
import { readParts } from './parts.ts';
import { resolve } from './resolve/resolve.ts';
import type { LocatedMap, Path } from './source/located.ts';
import { lookUp, toPlain } from './source/located.ts';
import { overlay } from './source/overlay.ts';
import { parse } from './source/parse.ts';
import { Source } from './source/source.ts';

/** Each overlay is checked by reading the file once more; ten for a long file are a second. */
const mostCheckedCharacters = 500_000;

export interface ReadOptions {
  /** The overlay to apply. Default: none, the file as it stands. */
  readonly environment?: string;
}

export interface ReadResult {
  /** The names of the overlays that the file has. */
  readonly environments: readonly string[];
  readonly model: Model;
  /** The file with its overlay, as plain values and without defaults. */
  readonly settings: unknown;
  /** The same in the words of the file, with the origin of each value. */
  readonly explain: EffectiveTree;
  /** Where the value at the end of a path stands, or the nearest above it that does. */
  readonly where: (path: Path) => Standing;
  /**
   * The file as it would be with edits in it, read in the same way. Scope `environment`: nothing
   * changes in the others, and they are not read. Default: `anywhere`.
   *
   * @throws EditError where it has no place for one, ModelError where it would be wrong.
   */
  readonly edit: (edits: readonly FileEdit[], scope?: EditScope) => EditedFile;
  /**
   * For what asks more of a file than that it is right: this value cannot be used.
   *
   * @throws ModelError about it.
   */
  readonly refuse: (path: Path, message: string, expected: string) => never;
}

export interface Standing {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** False: the file does not say it; a value above it on the path stands here. */
  readonly said: boolean;
  /** A single value stands here, where the path goes on. */
  readonly short: boolean;
}

export interface EditedFile {
  readonly model: Model;
  /** What differs, as lines of YAML, each with a blank, `-` or `+` before it. */
  readonly difference: readonly string[];
}

/**
 * Reads the text of a file, YAML or JSON, as a model.
 *
 * @throws ModelError with all that is wrong with the file.
 */
export function readModel(text: string, fileName: string, options: ReadOptions): ReadResult {
  const source = new Source(fileName, text);
  const problems = new Problems(source);
  const root = readRoot(source, problems);
  const { environment } = options;
  const { model, merged } = modelOf(root, environment, problems, 'anywhere');
  const overlays = root.entries.get('environments')?.value;
  return {
    environments: overlays?.kind === 'map' ? [...overlays.entries.keys()] : [],
    model,
    // Only environments that are compared are asked for it.
    get settings() {
      return toPlain(merged);
    },
    // Only `explain` asks for it.
    get explain() {
      return effectiveTree(merged, model, source);
    },
    where(path) {
      const { found, complete } = lookUp(merged, path);
      return {
        ...source.position(found.at.offset),
        said: complete,
        short: !complete && found.kind === 'scalar',
      };
    },
    edit(edits, scope = 'anywhere') {
      const edited = applyEdits(root, edits, environment, scope);
      return {
        model: modelOf(edited, environment, new Problems(source), scope).model,
        difference: difference(root, edited),
      };
    },
    refuse(path, message, expected) {
      const refused = new Problems(source);
      refused.atValue(merged, path, message, expected);
      return refused.fail();
    },
  };
}

function modelOf(
  root: LocatedMap,
  environment: string | undefined,
  problems: Problems,
  scope: EditScope,
): { readonly model: Model; readonly merged: LocatedMap } {
  const merged = environment === undefined ? root : merge(root, environment, problems);
  const model = resolve(readParts(merged, problems), merged, environment, problems);
  if (scope === 'anywhere') checkOthers(root, environment, problems);
  problems.throwIfAny();
  return { model, merged };
}

function readRoot(source: Source, problems: Problems): LocatedMap {
  const root = parse(source, problems, '"seaworthy: 1" first');
  if (root?.kind === 'map') return root;
  if (root !== undefined) {
    problems.add(root.at, [], 'not a model', 'write "seaworthy: 1" and the keys of a model');
  }
  return problems.fail();
}

/**
 * A mistake in any overlay is a mistake of the file, and is better found today than on the day that
 * the environment is chosen.
 */
function checkOthers(root: LocatedMap, chosen: string | undefined, problems: Problems): void {
  const others = environmentsOf(root).filter((it) => it !== chosen);
  if (others.length * problems.source.text.length > mostCheckedCharacters) return;
  for (const other of others) {
    const merged = overlay(root, other, problems);
    if (merged !== undefined) resolve(readParts(merged, problems), merged, other, problems);
  }
}

function environmentsOf(root: LocatedMap): readonly string[] {
  const environments = root.entries.get('environments')?.value;
  return environments?.kind === 'map' ? [...environments.entries.keys()] : [];
}

function merge(root: LocatedMap, environment: string, problems: Problems): LocatedMap {
  const merged = overlay(root, environment, problems);
  if (merged !== undefined) return merged;
  const known = environmentsOf(root);
  if (!problems.any) {
    const hint = known.length === 0 ? 'the file has none' : didYouMean(environment, known);
    problems.atKey(root, ['environments'], `unknown environment "${environment}"`, hint);
  }
  return problems.fail();
}
