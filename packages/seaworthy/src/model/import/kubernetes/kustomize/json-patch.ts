import type { Located, LocatedEntry, Place } from '../../../source/located.ts';
import type { Source } from '../../../source/source.ts';
import type { Value } from '../../values/value.ts';

/** One operation of a JSON patch. */
interface Operation {
  readonly deed: 'add' | 'replace' | 'remove';
  readonly path: readonly string[];
  readonly value: Located | undefined;
  readonly at: Place;
  readonly source: Source;
}

/**
 * The operations of a JSON patch. Undefined: there is one that is not understood.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function jsonPatchOf(list: Value): readonly Operation[] | undefined {
  const operations = list.items.map(operationOf);
  return operations.every((it) => it !== undefined) ? operations : undefined;
}

function operationOf(item: Value): Operation | undefined {
  const deed = item.get('op')?.text;
  const path = item.get('path')?.text;
  if (path?.startsWith('/') !== true) return undefined;
  if (deed !== 'add' && deed !== 'replace' && deed !== 'remove') return undefined;
  const value = item.get('value');
  if (deed !== 'remove' && value === undefined) return undefined;
  const { located, source } = item;
  const steps = path.slice(1).split('/');
  return {
    deed,
    path: steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
    value: value?.located,
    at: located.at,
    source,
  };
}

/** The tree with all of them done. Undefined: one names what is not there. */
export function jsonPatched(tree: Located, operations: readonly Operation[]): Located | undefined {
  let patched: Located | undefined = tree;
  for (const operation of operations) patched = patched && done(patched, operation.path, operation);
  return patched;
}

function done(node: Located, path: readonly string[], operation: Operation): Located | undefined {
  const [step = '', ...rest] = path;
  if (node.kind === 'map') return inMap(node, step, rest, operation);
  return node.kind === 'list' ? inList(node, step, rest, operation) : undefined;
}

function inMap(
  node: Located & { kind: 'map' },
  key: string,
  rest: readonly string[],
  operation: Operation,
): Located | undefined {
  const { deed, value, at, source } = operation;
  const entries = new Map<string, LocatedEntry>(node.entries);
  const known = entries.get(key);
  if (rest.length > 0) {
    const changed = known && done(known.value, rest, operation);
    if (changed === undefined) return undefined;
    entries.set(key, { ...known!, value: changed });
  } else {
    if (known === undefined && deed !== 'add') return undefined;
    if (deed === 'remove') entries.delete(key);
    else entries.set(key, { keyAt: known?.keyAt ?? at, value: { ...value!, source } });
  }
  return { ...node, entries };
}

function inList(
  node: Located & { kind: 'list' },
  step: string,
  rest: readonly string[],
  operation: Operation,
): Located | undefined {
  const { deed, value, source } = operation;
  const items = [...node.items];
  const isEnd = step === '-' && deed === 'add' && rest.length === 0;
  const index = isEnd ? items.length : Number(step);
  const most = deed === 'add' && rest.length === 0 ? items.length : items.length - 1;
  if (!/^\d+$/.test(isEnd ? '0' : step) || index > most) return undefined;
  if (rest.length > 0) {
    const changed = done(items[index]!, rest, operation);
    if (changed === undefined) return undefined;
    items[index] = changed;
  } else if (deed === 'remove') items.splice(index, 1);
  else items.splice(index, deed === 'add' ? 0 : 1, { ...value!, source });
  return { ...node, items };
}
