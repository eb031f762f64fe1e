import type { NotUnderstood } from '../../landscape.ts';
import { Value } from '../../values/value.ts';
import type { KubernetesObject } from '../objects.ts';
import { objectsOf } from '../objects.ts';
import { combined, type Generated, objectOf } from './generate.ts';
import type { Change, Kustomization } from './read.ts';

/**
 * The objects as `kubectl kustomize` makes them, without the patches, which are no objects. An
 * object that several overlays change in their own ways is left as it is, with a remark: nothing
 * says which of them is meant.
 */
export function kustomized(
  objects: readonly KubernetesObject[],
  kustomizations: readonly Kustomization[],
  notUnderstood: NotUnderstood[],
): readonly KubernetesObject[] {
  const patches = new Set(kustomizations.flatMap(({ patchFiles }) => patchFiles));
  const taken = new Set(kustomizations.flatMap(({ takes }) => takes));
  const roots = kustomizations.filter(({ file, folder }) => !taken.has(folder) && !taken.has(file));
  const ways = roots.map((root) => wayOf(root, kustomizations));
  const ambiguous: KubernetesObject[] = [];
  const made = objects
    .filter(({ value }) => !patches.has(value.origin.file))
    .flatMap((object) => {
      const found = ways.filter(({ files }) => files.has(object.value.origin.file));
      const changes = found.map((way) => way.changesOf(object));
      const [first = []] = changes;
      if (changes.some((each) => !isSame(each, first))) {
        ambiguous.push(object);
        return [object];
      }
      return changed(object, first, notUnderstood);
    });
  if (ambiguous.length > 0) remark(ambiguous, notUnderstood);
  remarkUnused(kustomizations, objects, notUnderstood);
  return [...made, ...generatedObjects(ways, notUnderstood)];
}

/** What the roots make; where they make something else of the same name, none of them counts. */
function generatedObjects(
  ways: readonly Way[],
  notUnderstood: NotUnderstood[],
): readonly KubernetesObject[] {
  const byName = new Map<string, Generated[]>();
  for (const one of ways.flatMap(({ generates }) => generates)) {
    const id = `${one.kind} ${one.name}`;
    byName.set(id, [...(byName.get(id) ?? []), one]);
  }
  return [...byName].flatMap(([id, made]) => {
    const [first] = made;
    if (made.every(({ data }) => hasSameData(data, first!.data))) return [objectOf(first!)];
    const { file, line, column } = first!.entry.origin;
    const why = `${id}: several overlays make it, each in its own way: name one with --env`;
    notUnderstood.push({ file, line, column, why });
    return [];
  });
}

function hasSameData(a: Generated['data'], b: Generated['data']): boolean {
  return dataText(a) === dataText(b);
}

function dataText(data: Generated['data']): string {
  return [...data]
    .map(([key, { value }]) => `${key}=${value.kind === 'scalar' ? value.text : ''}`)
    .join('\n');
}

/** All that one root takes, and what happens to an object on the way up. */
interface Way {
  readonly files: ReadonlySet<string>;
  readonly changesOf: (object: KubernetesObject) => readonly Change[];
  readonly generates: readonly Generated[];
}

function wayOf(root: Kustomization, all: readonly Kustomization[]): Way {
  const inOrder: { readonly kustomization: Kustomization; readonly files: Set<string> }[] = [];
  const seen = new Set<Kustomization>();
  const visit = (kustomization: Kustomization): ReadonlySet<string> => {
    const files = new Set(kustomization.takes);
    if (seen.has(kustomization)) return files;
    seen.add(kustomization);
    for (const below of all) {
      if (!files.has(below.folder) && !files.has(below.file)) continue;
      for (const file of visit(below)) files.add(file);
    }
    inOrder.push({ kustomization, files });
    return files;
  };
  const files = visit(root);
  return {
    files,
    generates: combined(inOrder.flatMap(({ kustomization }) => kustomization.generates)),
    changesOf: (object) =>
      inOrder.flatMap(({ kustomization: { isComponent, changes }, files: below }) => {
        if (!isComponent && !below.has(object.value.origin.file)) return [];
        return changes.filter(({ target }) => target(object));
      }),
  };
}

function isSame(a: readonly Change[], b: readonly Change[]): boolean {
  return a.length === b.length && a.every((change, at) => change === b[at]);
}

function changed(
  object: KubernetesObject,
  changes: readonly Change[],
  notUnderstood: NotUnderstood[],
): readonly KubernetesObject[] {
  let tree = object.value.located;
  for (const { change, at } of changes) {
    const next = change(tree, object);
    if (next === 'removed') return [];
    if (next === undefined) {
      const { file, line, column } = at;
      const why = `changes what ${object.kind} ${object.name} does not have`;
      notUnderstood.push({ file, line, column, why });
    } else tree = next;
  }
  return objectsOf(new Value(tree, object.value.source));
}

function remark(objects: readonly KubernetesObject[], notUnderstood: NotUnderstood[]): void {
  const [first] = objects;
  const { file, line, column } = first!.value.origin;
  const others = objects.length === 1 ? '' : ` and ${objects.length - 1} more`;
  const why =
    `${first!.kind} ${first!.name}${others}: several overlays change it, each in its own way, ` +
    'and none of them is checked: name one with --env';
  notUnderstood.push({ file, line, column, why });
}

/** Of bases that are elsewhere, for one. */
function remarkUnused(
  kustomizations: readonly Kustomization[],
  objects: readonly KubernetesObject[],
  notUnderstood: NotUnderstood[],
): void {
  for (const { changes } of kustomizations) {
    const [first, ...more] = changes.filter(({ target }) => !objects.some(target));
    if (first === undefined) continue;
    const { file, line, column } = first.at;
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    const why = `a patch${others} of what is not among the files: give check what kustomize prints`;
    notUnderstood.push({ file, line, column, why });
  }
}
