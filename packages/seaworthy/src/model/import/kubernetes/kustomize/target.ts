import type { Value } from '../../values/value.ts';
import type { KubernetesObject } from '../objects.ts';

/** Whether an object is meant. */
export type Target = (object: KubernetesObject) => boolean;

/** What a patch that names its object itself is for. Undefined: it names none. */
export function targetOf(patch: Value): Target | undefined {
  const kind = patch.get('kind')?.text;
  const name = patch.get('metadata', 'name')?.text;
  const group = groupOf(patch.get('apiVersion')?.text ?? '');
  if (kind === undefined || name === undefined) return undefined;
  return (object) =>
    object.kind === kind && object.name === name && groupOf(object.apiVersion) === group;
}

/**
 * What the `target` of a patch selects: names and kinds are patterns that match in whole.
 * Undefined: it selects by labels or annotations, or by a pattern that is more than `a|b.*`.
 */
export function targetAt(target: Value): Target | undefined {
  if (target.has('labelSelector') || target.has('annotationSelector')) return undefined;
  const patterns = keys.map((key) => patternOf(target.get(key)?.text ?? ''));
  if (patterns.includes(undefined)) return undefined;
  return (object) => {
    const texts = [object.kind, object.name, object.namespace ?? '', groupOf(object.apiVersion)];
    return texts.every((text, at) => patterns[at]!.test(text));
  };
}

const keys = ['kind', 'name', 'namespace', 'group'] as const;

/** Of users: what could take for ever is refused. */
function patternOf(text: string): RegExp | undefined {
  if (text === '') return /^/;
  const isPlain = text.split('|').every((part) => /^[\w.-]*(\.\*[\w.-]*)?$/.test(part));
  return isPlain ? new RegExp(`^(?:${text})$`) : undefined;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0]! : '';
}
