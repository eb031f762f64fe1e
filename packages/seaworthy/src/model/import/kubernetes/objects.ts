import { Value } from '../values/value.ts';

/** One object of a manifest. */
export interface KubernetesObject {
  /** `apps/v1` */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly value: Value;
}

/** The objects of a document; a List has many. */
export function objectsOf(document: Value): readonly KubernetesObject[] {
  const apiVersion = document.get('apiVersion')?.text;
  const kind = document.get('kind')?.text;
  if (apiVersion === undefined || kind === undefined) return [];
  if (kind.endsWith('List')) return document.get('items')?.items.flatMap(objectsOf) ?? [];
  const name = document.get('metadata', 'name')?.text ?? '';
  const namespace = document.get('metadata', 'namespace')?.text;
  return [{ apiVersion, kind, name, namespace, value: document }];
}

/** The labels under a path, as plain texts. */
export function labelsAt(value: Value | undefined, ...path: string[]): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [key, label] of value?.get(...path)?.entries ?? []) {
    if (label.text !== undefined) labels[key] = label.text;
  }
  return labels;
}

/** Whether labels have all that a selector wants. An empty one selects nothing. */
export function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
