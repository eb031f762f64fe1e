import { posix } from 'node:path';

import type { Located } from '../../../source/located.ts';
import { Source } from '../../../source/source.ts';
import type { FileOrigin, NotUnderstood } from '../../landscape.ts';
import type { Value } from '../../values/value.ts';
import { readYaml } from '../../values/yaml.ts';
import type { KubernetesObject } from '../objects.ts';
import { type Generated, generatedBy } from './generate.ts';
import { hasMergeKeys, strategicMerge } from './merge.ts';
import { jsonPatched, jsonPatchOf } from './json-patch.ts';
import { inlineSource } from './inline.ts';
import { type Target, targetAt, targetOf } from './target.ts';

/** What a kustomization.yaml says. */
export interface Kustomization {
  readonly file: string;
  readonly folder: string;
  /** It changes all that is taken beside it. */
  readonly isComponent: boolean;
  /** Folders and files that it takes objects from. */
  readonly takes: readonly string[];
  /** Files that hold patches, which are no objects. */
  readonly patchFiles: readonly string[];
  /** In the order in which they are made. */
  readonly changes: readonly Change[];
  readonly generates: readonly Generated[];
}

/** What it changes in an object. */
export interface Change {
  readonly at: FileOrigin;
  readonly target: Target;
  /** `removed`: the object goes away. Undefined: there is not what is to be changed. */
  readonly change: (tree: Located, object: KubernetesObject) => Located | 'removed' | undefined;
}

type Files = (path: string) => Source | undefined;

export function isKustomizationName(path: string): boolean {
  return /(^|\/)kustomization\.ya?ml$/.test(path);
}

/** Reads a kustomization.yaml, with the patches that it names. */
export function readKustomization(
  source: Source,
  files: Files,
  notUnderstood: NotUnderstood[],
): Kustomization | undefined {
  const [value] = readYaml(source, notUnderstood);
  if (value === undefined) return undefined;
  const folder = posix.dirname(source.fileName);
  const named = ['resources', 'bases', 'components'].flatMap((key) => textsIn(value, key));
  const reading = new Reading(folder, files, notUnderstood);
  const changes = reading.changesOf(value);
  for (const key of notRead) reading.remarkKey(value, key);
  return {
    file: source.fileName,
    folder,
    isComponent: value.get('kind')?.text === 'Component',
    takes: named.filter(isLocal).map((it) => posix.join(folder, it)),
    patchFiles: reading.patchFiles,
    changes,
    generates: generatedBy(value, folder, files, notUnderstood),
  };
}

/** What would change findings, and is not read. */
const notRead = [
  'namePrefix',
  'nameSuffix',
  'replacements',
  'vars',
  'helmCharts',
  'generators',
  'transformers',
] as const;

/** Not an address of a repository elsewhere. */
function isLocal(resource: string): boolean {
  return !/:\/\/|^git@|^github\.com\//.test(resource);
}

function textsIn(value: Value, key: string): readonly string[] {
  return (value.get(key)?.items ?? []).map((it) => it.text).filter((it) => it !== undefined);
}

class Reading {
  readonly patchFiles: string[] = [];
  private readonly folder: string;
  private readonly files: Files;
  private readonly notUnderstood: NotUnderstood[];

  constructor(folder: string, files: Files, notUnderstood: NotUnderstood[]) {
    this.folder = folder;
    this.files = files;
    this.notUnderstood = notUnderstood;
  }

  changesOf(value: Value): readonly Change[] {
    const items = (key: string): readonly Value[] => value.get(key)?.items ?? [];
    return [
      ...items('patchesStrategicMerge').flatMap((it) => this.patch(it, it, undefined)),
      ...[...items('patches'), ...items('patchesJson6902')].flatMap((it) =>
        this.patch(it, it.get('path') ?? it.get('patch'), it.get('target')),
      ),
      ...items('replicas').flatMap(replicasOf),
      ...items('images').flatMap(imageOf),
    ];
  }

  /** @param text a path, or the patch itself */
  private patch(entry: Value, text: Value | undefined, target: Value | undefined): Change[] {
    const documents = text && this.documentsOf(text, !entry.has('patch'));
    if (documents === undefined) {
      return this.remark(entry, 'a patch that is not among the files: what it changes is unknown');
    }
    return documents.flatMap((document) => {
      const changed = target === undefined ? targetOf(document) : targetAt(target);
      if (changed === undefined)
        return this.remark(entry, 'a patch of objects by their labels, or by a longer pattern');
      return document.isList
        ? this.jsonPatch(entry, document, changed)
        : [merge(document, changed)];
    });
  }

  private documentsOf(text: Value, mayBePath: boolean): readonly Value[] | undefined {
    const written = text.text ?? '';
    if (mayBePath && !written.includes('\n')) {
      const path = posix.join(this.folder, written);
      const source = this.files(path);
      this.patchFiles.push(path);
      return source && readYaml(source, this.notUnderstood);
    }
    return readYaml(inlineSource(text), this.notUnderstood);
  }

  private jsonPatch(entry: Value, document: Value, target: Target): Change[] {
    const operations = jsonPatchOf(document);
    if (operations === undefined) {
      return this.remark(entry, 'a patch that does more than add, replace and remove');
    }
    const change = (tree: Located): Located | undefined => jsonPatched(tree, operations);
    return [{ at: document.origin, target, change }];
  }

  remarkKey(value: Value, key: string): void {
    const entry = value.get(key);
    if (entry === undefined) return;
    this.remark(entry, `${key} is not read: give check what kustomize prints`);
  }

  private remark(entry: Value, why: string): Change[] {
    const { file, line, column } = entry.origin;
    this.notUnderstood.push({ file, line, column, why });
    return [];
  }
}

function merge(document: Value, target: Target): Change {
  const { located, source } = document;
  return {
    at: document.origin,
    target,
    change(tree, object) {
      const merged = strategicMerge(tree, {
        tree: located,
        source,
        mergesLists: hasMergeKeys(object),
      });
      // A patch of several objects has a name of its own.
      return merged === undefined ? 'removed' : identified(merged, tree);
    },
  };
}

/** With what says which object it is. */
function identified(merged: Located, tree: Located): Located {
  if (merged.kind !== 'map' || tree.kind !== 'map') return merged;
  const entries = new Map(merged.entries);
  for (const key of ['apiVersion', 'kind']) {
    const entry = tree.entries.get(key);
    if (entry !== undefined) entries.set(key, entry);
  }
  return { ...merged, entries };
}

const scaled = /^(Deployment|ReplicaSet|StatefulSet|Rollout)$/;

/** `{ name: web, count: 3 }` */
function replicasOf(entry: Value): Change[] {
  const name = entry.get('name')?.text;
  const count = entry.get('count');
  if (name === undefined || count === undefined) return [];
  const target: Target = ({ kind, name: own }) => own === name && scaled.test(kind);
  const path = ['spec', 'replicas'];
  const { located: value, source } = count;
  const operation = { deed: 'add', path, value, at: value.at, source } as const;
  return [{ at: count.origin, target, change: (tree) => jsonPatched(tree, [operation]) }];
}

/** `{ name: shop/web, newName: mirror/web, newTag: 1.4.2, digest: sha256:... }` */
function imageOf(entry: Value): Change[] {
  const name = entry.get('name')?.text;
  const tag = entry.get('digest') ?? entry.get('newTag') ?? entry.get('newName');
  if (name === undefined || tag === undefined) return [];
  const image = (written: string): string | undefined => {
    // Without tag and digest.
    const own = written.replace(/(:[^:/@]*)?(@.*)?$/, '');
    if (own !== name) return undefined;
    const base = entry.get('newName')?.text ?? name;
    const digest = entry.get('digest')?.text;
    const newTag = entry.get('newTag')?.text;
    if (digest !== undefined) return `${base}@${digest}`;
    return newTag === undefined ? base + written.slice(own.length) : `${base}:${newTag}`;
  };
  return [{ at: entry.origin, target: () => true, change: (tree) => withImages(tree, image, tag) }];
}

function withImages(
  node: Located,
  image: (written: string) => string | undefined,
  by: Value,
): Located {
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((it) => withImages(it, image, by)) };
  }
  if (node.kind === 'scalar') return node;
  const entries = [...node.entries].map(([key, entry]) => {
    const { value } = entry;
    const text = key === 'image' && value.kind === 'scalar' ? image(value.text) : undefined;
    const at = { ...by.located, kind: 'scalar' as const, source: by.source };
    const changed: Located =
      text === undefined ? withImages(value, image, by) : { ...at, value: text, text };
    return [key, { ...entry, value: changed }] as const;
  });
  return { ...node, entries: new Map(entries) };
}
