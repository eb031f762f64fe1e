import type { Tree } from '@lezer/common';

import type { Expression, Meaning } from './expression.ts';
import { mapsOf, numbersOf } from './expression.ts';
import type { Imported, Imports } from './imports.ts';
import type { Reader } from './lower.ts';
import { children } from './lower.ts';

/** An object of a library with the options that it is given, or a setting of a server. */
export interface FoundObject extends FoundOptions {
  /** `Pool`, `keepAliveTimeout`, ... */
  readonly what: string;
  readonly offset: number;
  /** What it is of, where an import tells. */
  readonly imported: Imported | undefined;
  readonly values: readonly Expression[];
}

/** The options of a call or an object. */
export interface FoundOptions {
  readonly numbers: ReadonlyMap<string, FoundValue<number>>;
  readonly truths: ReadonlyMap<string, FoundValue<boolean>>;
  /** The names of all. Undefined: only the running program knows them. */
  readonly names: ReadonlySet<string> | undefined;
}

interface FoundValue<T> {
  readonly value: T;
  readonly offset: number;
}

/** The objects of drivers and servers in a file of JavaScript. */
export function objectsOf(
  tree: Tree,
  reader: Reader,
  meaning: Meaning,
  imports: Imports,
): readonly FoundObject[] {
  const found: FoundObject[] = [];
  tree.iterate({
    enter({ node, name }) {
      if (name === 'NewExpression') {
        const made = reader.expression(node);
        if (made.kind !== 'call') return;
        const what = made.callee.split('.').at(-1)!;
        const imported = imports(made.callee);
        const options = optionsIn(made.values, meaning);
        found.push({ what, offset: node.from, imported, values: made.values, ...options });
      } else if (name === 'CallExpression') {
        const call = reader.expression(node);
        if (call.kind !== 'call' || !call.callee.endsWith('createServer')) return;
        // As if each of its options were assigned to the server.
        for (const [what, number] of optionsIn(call.values, meaning).numbers) {
          found.push(setting(what, number, node.from));
        }
      } else if (name === 'AssignmentExpression') {
        const [target, , value] = children(node);
        const property = target?.getChild('PropertyName');
        const number = value && numbersOf(reader.expression(value), meaning)[0];
        if (!property || number === undefined) return;
        found.push(setting(reader.read(property), number, node.from));
      }
    },
  });
  return found;
}

/** A property that is set to a number. */
function setting(what: string, number: FoundValue<number>, offset: number): FoundObject {
  const truths = new Map<never, never>();
  const rest = { imported: undefined, values: [], truths, names: undefined };
  return { what, offset, numbers: new Map([[what, number]]), ...rest };
}

/** What a call is given in objects, of all its arguments together. */
function optionsIn(values: readonly Expression[], meaning: Meaning): FoundOptions {
  const entries = values.flatMap((it) => mapsOf(it, meaning)).flatMap((it) => [...it]);
  const read = <T>(first: (value: Expression) => FoundValue<T> | undefined) =>
    new Map(
      entries.flatMap(([key, value]) => {
        const known = first(value);
        return known === undefined ? [] : [[key, known] as const];
      }),
    );
  const last = values.at(-1);
  const isTold = last === undefined || last.kind === 'text' || mapsOf(last, meaning).length === 1;
  const names = new Set(entries.map(([key]) => key));
  return {
    numbers: read((value) => numbersOf(value, meaning)[0]),
    truths: read((value) => (value.kind === 'truth' ? value : undefined)),
    // Those that are spread stand elsewhere.
    names: isTold && !names.has('...') ? names : undefined,
  };
}
