import { posix } from 'node:path';

import type { KubernetesObject } from './objects.ts';

/**
 * Patches of a kustomization are no objects: they say what changes in one. What comes out of
 * `kubectl kustomize` is read like any manifest.
 */
export function withoutPatches(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const patches = new Set(objects.filter(isKustomization).flatMap(patchFiles));
  return objects.filter((it) => !isKustomization(it) && !patches.has(it.value.origin.file));
}

function isKustomization({ apiVersion }: KubernetesObject): boolean {
  return apiVersion.startsWith('kustomize.config.k8s.io/');
}

function patchFiles({ value }: KubernetesObject): readonly string[] {
  const folder = posix.dirname(value.origin.file);
  const named = [
    ...(value.get('patches')?.items ?? []).map((it) => it.get('path')?.text),
    ...(value.get('patchesStrategicMerge')?.items ?? []).map((it) => it.text),
    ...(value.get('patchesJson6902')?.items ?? []).map((it) => it.get('path')?.text),
  ];
  return named.filter((it) => it !== undefined).map((it) => posix.join(folder, it));
}
