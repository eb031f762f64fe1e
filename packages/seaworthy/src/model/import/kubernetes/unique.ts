import type { NotUnderstood } from '../landscape.ts';
import type { KubernetesObject } from './objects.ts';

/**
 * Each object once: repositories keep their manifests as a release, as a base of kustomize, and as
 * they were before. The first file counts, in the order of names, and one remark says so.
 */
export function uniqueObjects(
  objects: readonly KubernetesObject[],
  notUnderstood: NotUnderstood[],
): readonly KubernetesObject[] {
  const first = new Map<string, KubernetesObject>();
  const again: KubernetesObject[] = [];
  for (const object of objects) {
    const { apiVersion, kind, namespace, name } = object;
    const group = apiVersion.split('/')[0];
    const id = [group, kind, namespace ?? '', name].join('\n');
    if (first.has(id)) again.push(object);
    else first.set(id, object);
  }
  const files = [...new Set(again.map((it) => it.value.origin.file))];
  if (files.length > 0) {
    const objectsAgain = again.length === 1 ? 'an object' : `${again.length} objects`;
    const others = files.length === 1 ? '' : ` and in ${files.length - 1} more files`;
    const why =
      `${objectsAgain} that a file before has as well, here${others}: ` +
      'the first counts, in the order of names';
    notUnderstood.push({ file: files[0]!, line: 1, column: 1, why });
  }
  return [...first.values()];
}
