import type { EffectiveTree, Origin } from './effective.ts';
import { hasPassword, isSecret } from './import/secrets.ts';

/** Values of one origin that fit into so many columns stand on one line. */
const flowWidth = 64;
/** The comments stand in one column, at most here; a longer line pushes its own further. */
const commentColumn = 72;

interface Line {
  readonly text: string;
  readonly origin: Origin | undefined;
}

/**
 * The effective model as text like YAML, each value with where it comes from: `# shop.yaml:12`, `#
 * default`.
 */
export function renderExplain(tree: EffectiveTree): string {
  const lines = block(withoutSecrets(tree), '');
  const widths = lines.map((line) => line.text.length).filter((width) => width < commentColumn);
  const column = Math.max(0, ...widths) + 2;
  return lines.map((line) => withOrigin(line, column)).join('\n') + '\n';
}

/** What stands under these keys is given to processes and servers as it is. */
const mayBeSecret = new Set(['env', 'headers']);

function withoutSecrets(tree: EffectiveTree, isInside = false): EffectiveTree {
  if (tree.kind === 'value') return tree;
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((it) => withoutSecrets(it)) };
  const entries = tree.entries.map((entry) => {
    const { key, value } = entry;
    if (
      isInside &&
      value.kind === 'value' &&
      (isSecret(key, value.text) || hasPassword(value.text))
    )
      return { ...entry, value: { ...value, text: '(secret)' } };
    return { ...entry, value: withoutSecrets(value, mayBeSecret.has(key)) };
  });
  return { ...tree, entries };
}

function withOrigin({ text, origin }: Line, column: number): string {
  if (origin === undefined) return text;
  return `${text.padEnd(column - 2)}  # ${originText(origin)}`;
}

function originText(origin: Origin): string {
  if (origin.kind === 'default') return 'default';
  const place = `${origin.file}:${origin.line}`;
  return origin.kind === 'file' ? place : `${origin.environment} (${place})`;
}

/** The lines of a value that does not stand behind its key. */
function block(tree: EffectiveTree, indent: string): readonly Line[] {
  if (tree.kind === 'value') return [{ text: indent + tree.text, origin: tree.origin }];
  if (tree.kind === 'list') return tree.items.flatMap((item) => listItem(item, indent));
  return tree.entries.flatMap(({ key, value }) => keyLines(key, value, indent));
}

function keyLines(key: string, value: EffectiveTree, indent: string): readonly Line[] {
  const name = /^[A-Za-z0-9][\w .%>-]*$/.test(key) ? key : JSON.stringify(key);
  const one = oneLine(value);
  // The sections and the names in them stay apart, however small they are.
  if (one !== undefined && (indent.length > 2 || value.kind === 'value' || isEmpty(value))) {
    return [{ text: `${indent}${name}: ${one.text}`, origin: one.origin }];
  }
  return [{ text: `${indent}${name}:`, origin: undefined }, ...block(value, `${indent}  `)];
}

function listItem(item: EffectiveTree, indent: string): readonly Line[] {
  const one = oneLine(item);
  const isOneKey = item.kind === 'map' && item.entries.length === 1;
  if (one !== undefined && !isOneKey) {
    return [{ text: `${indent}- ${one.text}`, origin: one.origin }];
  }
  const [first, ...rest] = block(item, `${indent}  `);
  if (first === undefined) return [];
  const text = `${indent}- ${first.text.slice(indent.length + 2)}`;
  return [{ ...first, text }, ...rest];
}

function isEmpty(tree: EffectiveTree): boolean {
  if (tree.kind === 'value') return false;
  return tree.kind === 'list' ? tree.items.length === 0 : tree.entries.length === 0;
}

/** The value on one line, where all of it has one origin and it is short. */
function oneLine(tree: EffectiveTree): { text: string; origin: Origin } | undefined {
  const origin = commonOrigin(tree);
  if (origin === undefined) return undefined;
  const text = flow(tree);
  return tree.kind === 'value' || text.length <= flowWidth ? { text, origin } : undefined;
}

function commonOrigin(tree: EffectiveTree): Origin | undefined {
  const inner = tree.kind === 'map' ? tree.entries.map((entry) => entry.value) : [];
  const parts = tree.kind === 'list' ? tree.items : inner;
  const origins = parts.length === 0 ? [tree.origin] : parts.map(commonOrigin);
  const [first] = origins;
  if (first === undefined) return undefined;
  const isCommon = origins.every((it) => it !== undefined && originText(it) === originText(first));
  return isCommon ? first : undefined;
}

function flow(tree: EffectiveTree): string {
  if (tree.kind === 'value') return tree.text;
  if (isEmpty(tree)) return tree.kind === 'list' ? '[]' : '{}';
  if (tree.kind === 'list') return `[${tree.items.map(flow).join(', ')}]`;
  return `{ ${tree.entries.map(({ key, value }) => `${key}: ${flow(value)}`).join(', ')} }`;
}
