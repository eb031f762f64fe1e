import { scalarText } from '../scalar-text.ts';
import type { Located, LocatedMap } from '../source/located.ts';

/** What is longer stands on several lines: it is read within the report, at 80 columns. */
const lineWidth = 62;

/** Sections and the names in them have lines of their own, however small they are. */
const sectionDepth = 2;

/**
 * What differs between two states of a file, as lines of YAML: where, what goes and what comes. The
 * first character of a line says which, as in a unified difference: a blank, `-` or `+`.
 */
export function difference(before: LocatedMap, after: LocatedMap): readonly string[] {
  return between(before, after, 0);
}

function between(before: LocatedMap, after: LocatedMap, depth: number): readonly string[] {
  const keys = new Set([...before.entries.keys(), ...after.entries.keys()]);
  return [...keys].flatMap((key) => {
    const old = before.entries.get(key)?.value;
    const now = after.entries.get(key)?.value;
    if (old === now) return [];
    if (old?.kind === 'map' && now?.kind === 'map' && now.entries.size > 0) {
      const inner = between(old, now, depth + 1);
      return inner.length === 0 ? [] : [` ${indent(depth)}${word(key)}:`, ...inner];
    }
    const was = old === undefined ? [] : keyLines(key, old, depth);
    const is = now === undefined ? [] : keyLines(key, now, depth);
    if (was.join('\n') === is.join('\n')) return [];
    return [...was.map((line) => `-${line}`), ...is.map((line) => `+${line}`)];
  });
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}

function keyLines(key: string, node: Located, depth: number): readonly string[] {
  const name = `${indent(depth)}${word(key)}:`;
  const line = `${name} ${flow(node)}`;
  const isSection = depth < sectionDepth && node.kind === 'map' && node.entries.size > 0;
  if (node.kind === 'scalar' || (line.length <= lineWidth && !isSection)) return [line];
  return [name, ...block(node, depth + 1)];
}

function block(node: Located, depth: number): readonly string[] {
  if (node.kind === 'map') {
    return [...node.entries].flatMap(([key, { value }]) => keyLines(key, value, depth));
  }
  if (node.kind === 'scalar') return [indent(depth) + flow(node)];
  return node.items.map((item) => `${indent(depth)}- ${flow(item)}`);
}

/** On one line, with braces and brackets. */
function flow(node: Located): string {
  if (node.kind === 'scalar') return scalarText(node.value, node.text);
  if (node.kind === 'list') return `[${node.items.map(flow).join(', ')}]`;
  if (node.entries.size === 0) return '{}';
  const entries = [...node.entries].map(([key, { value }]) => `${word(key)}: ${flow(value)}`);
  return `{ ${entries.join(', ')} }`;
}

function word(key: string): string {
  return /^[A-Za-z0-9][\w .%>-]*$/.test(key) ? key : JSON.stringify(key);
}
