import type { Tree } from '@lezer/common';

import type { Meaning } from './expression.ts';
import { mapsOf, numbersOf } from './expression.ts';
import type { Reader } from './lower.ts';
import { children } from './lower.ts';

/** An object of a library with the numbers that it is given, or a setting of a server. */
export interface FoundObject {
  /** `Pool`, `keepAliveTimeout`, ... */
  readonly what: string;
  readonly offset: number;
  readonly numbers: ReadonlyMap<string, { readonly value: number; readonly offset: number }>;
}

/** The objects of drivers and servers in a file of JavaScript. */
export function objectsOf(tree: Tree, reader: Reader, meaning: Meaning): readonly FoundObject[] {
  const found: FoundObject[] = [];
  tree.iterate({
    enter({ node, name }) {
      if (name === 'NewExpression') {
        const made = reader.expression(node);
        if (made.kind !== 'call') return;
        const options = made.values.flatMap((it) => mapsOf(it, meaning));
        const numbers = options.flatMap((option) =>
          [...option].flatMap(([key, value]) => {
            const number = numbersOf(value, meaning)[0];
            return number === undefined ? [] : [[key, number] as const];
          }),
        );
        const what = made.callee.split('.').at(-1)!;
        found.push({ what, offset: node.from, numbers: new Map(numbers) });
      } else if (name === 'AssignmentExpression') {
        const [target, , value] = children(node);
        const property = target?.getChild('PropertyName');
        const number = value && numbersOf(reader.expression(value), meaning)[0];
        if (!property || number === undefined) return;
        const what = reader.read(property);
        found.push({ what, offset: node.from, numbers: new Map([[what, number]]) });
      }
    },
  });
  return found;
}
