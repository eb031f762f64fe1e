import type { Tree } from '@lezer/common';

import type { Reader } from './lower.ts';

/** What a module gives: `Agent` of `undici`; `default` for the module itself. */
export interface Imported {
  /** Without `node:`. */
  readonly module: string;
  readonly name: string;
}

/** What a name as written stands for: `http.Agent`, `pRetry`. Undefined: no module gives it. */
export type Imports = (written: string) => Imported | undefined;

const declaration =
  /^import\s+(?:(\w+)\s*,?\s*)?(?:\*\s*as\s+(\w+)\s*)?(?:\{([^}]*)\}\s*)?from\s*['"]([^'"]+)['"]/;
const required = new RegExp(
  String.raw`(?:(\w+)|\{([^}]*)\})\s*=\s*(?:await\s+)?(?:require|import)` +
    String.raw`\(\s*['"]([^'"]+)['"]\s*\)(?:\.(\w+))?`,
  'g',
);

/** What the names of a file of JavaScript stand for that it takes from modules. */
export function importsOf(tree: Tree, reader: Reader): Imports {
  const known = new Map<string, Imported>();
  const add = (local: string | undefined, module: string, name: string): void => {
    if (local !== undefined) known.set(local, { module: module.replace(/^node:/, ''), name });
  };
  const addAll = (list: string | undefined, module: string): void => {
    for (const [local, name] of namesIn(list ?? '')) add(local, module, name);
  };
  tree.iterate({
    enter({ node, name }) {
      if (name === 'ImportDeclaration') {
        const found = declaration.exec(reader.read(node));
        if (found === null) return;
        add(found[1], found[4]!, 'default');
        add(found[2], found[4]!, 'default');
        addAll(found[3], found[4]!);
      } else if (name === 'VariableDeclaration') {
        for (const found of reader.read(node).matchAll(required)) {
          add(found[1], found[3]!, found[4] ?? 'default');
          addAll(found[2], found[3]!);
        }
      }
    },
  });
  return (written) => {
    const [first = '', ...rest] = written.split('.');
    const found = known.get(first);
    if (found === undefined || rest.length === 0) return found;
    // `Agent` of `http.Agent`; a part of a part is none that anybody looks for.
    return found.name === 'default' && rest.length === 1
      ? { module: found.module, name: rest[0]! }
      : undefined;
  };
}

/** `{ Agent, Pool as Sockets }`, `{ Pool: Sockets }` */
function namesIn(list: string): readonly (readonly [local: string, name: string])[] {
  return list.split(',').flatMap((part) => {
    const found = /^\s*(?:type\s+)?(\w+)(?:\s*(?:\bas\b|:)\s*(\w+))?\s*$/.exec(part);
    return found === null ? [] : [[found[2] ?? found[1]!, found[1]!] as const];
  });
}
