import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Alias, Node, Range, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Problems } from '../problems.ts';
import type { Located, LocatedEntry, Path, Place } from './located.ts';

/**
 * Steps that run `together` in each other nest the deepest; ten of them are more than a system has.
 */
const deepest = 50;
/**
 * A thousand services of a hundred values each. Aliases count for all that they stand for, so no
 * bomb goes off.
 */
const mostValues = 100_000;
/** Anchors save typing; a file that needs more is generated, and can be generated without. */
const mostAliases = 1000;

/** Keys that reach prototypes in JavaScript. No service needs them as a name. */
const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Stops the conversion: what is wrong has been told. */
class Refused extends Error {}

/** The nodes of the YAML library to a located tree without aliases. Undefined: it is refused. */
export function convert(contents: Node, problems: Problems): Located | undefined {
  try {
    const root = new Conversion(problems).node(contents, [], undefined);
    return problems.any ? undefined : root;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

class Conversion {
  private readonly problems: Problems;
  private readonly anchors = new Map<string, Node>();
  /** Anchored nodes that are being converted: an alias to one of them is a cycle. */
  private readonly open = new Set<Node>();
  private values = 0;
  private aliases = 0;

  constructor(problems: Problems) {
    this.problems = problems;
  }

  /**
   * `place`: where the alias stands that leads here, so that messages point into the text that
   * matters.
   */
  node(node: unknown, path: Path, parent: Place | undefined): Located {
    const at = placeOf(node, parent);
    if (++this.values > mostValues) {
      this.refuse(at, path, `more than ${mostValues} values, aliases written out`);
    }
    if (path.length > deepest) this.refuse(at, path, 'nested too deeply');
    if (isAlias(node)) return this.alias(node, path, at);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) {
      return { kind: 'scalar', value: null, text: '', at, environment: undefined };
    }
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isScalar(node)) return this.scalar(node, path, at);
    this.open.add(node);
    const converted = isMap(node) ? this.map(node, path, at) : this.list(node, path, at);
    this.open.delete(node);
    return converted;
  }

  private alias(alias: Alias, path: Path, at: Place): Located {
    if (++this.aliases > mostAliases) this.refuse(at, path, `more than ${mostAliases} aliases`);
    const target = this.anchors.get(alias.source);
    if (target === undefined) this.refuse(at, path, 'an alias without an anchor above');
    if (this.open.has(target)) this.refuse(at, path, 'an alias inside of what it stands for');
    return this.node(target, path, undefined);
  }

  private scalar(node: Scalar, path: Path, at: Place): Located {
    const { value } = node;
    const text = node.source ?? String(value);
    const isPlain =
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean';
    if (!isPlain) this.refuse(at, path, 'not a text, number or truth value');
    return { kind: 'scalar', value, text, at, environment: undefined };
  }

  private list(node: YAMLSeq, path: Path, at: Place): Located {
    const items = node.items.map((item, index) => this.node(item, [...path, index], at));
    return { kind: 'list', items, at, environment: undefined };
  }

  private map(node: YAMLMap, path: Path, at: Place): Located {
    const entries = new Map<string, LocatedEntry>();
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const keyAt = placeOf(pair.key, at);
      const key = this.key(pair.key, [...path], keyAt);
      const value = this.node(pair.value, [...path, key], keyAt);
      if (entries.has(key)) {
        const first = this.problems.source.position(entries.get(key)!.keyAt.offset);
        this.problems.add(
          keyAt,
          [...path, key],
          `a second "${key}"`,
          `first on line ${first.line}`,
        );
      } else entries.set(key, { keyAt, value });
    }
    return { kind: 'map', entries, at, environment: undefined };
  }

  private key(node: unknown, path: Path, at: Place): string {
    const target = isAlias(node) ? this.anchors.get(node.source) : node;
    if (!isScalar(target) || target.value === null) {
      this.refuse(at, path, 'a key must be a word');
    }
    if (target.anchor !== undefined) this.anchors.set(target.anchor, target);
    const key = typeof target.value === 'string' ? target.value : (target.source ?? '');
    if (unsafeKeys.has(key)) this.problems.add(at, [...path, key], `"${key}" cannot be a key`);
    return key;
  }

  private refuse(at: Place, path: Path, message: string): never {
    this.problems.add(at, path, message);
    throw new Refused();
  }
}

function placeOf(node: unknown, parent: Place | undefined): Place {
  const range = (node as { range?: Range | null } | null)?.range;
  // Nothing stands where a value is left out; its key does.
  if (range && range[1] > range[0]) return { offset: range[0], length: range[1] - range[0] };
  return parent ?? { offset: 0, length: 1 };
}
