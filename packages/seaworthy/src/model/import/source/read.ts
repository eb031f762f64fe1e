import type { Tree } from '@lezer/common';
import type { LRParser } from '@lezer/lr';

import type { Source } from '../../source/source.ts';
import type { VariableRead } from '../landscape.ts';
import type { FoundCall } from './calls.ts';
import { callsOf } from './calls.ts';
import type { Expression } from './expression.ts';
import { importsOf } from './imports.ts';
import { Reader } from './lower.ts';
import type { FoundObject } from './objects.ts';
import { objectsOf } from './objects.ts';
import { scopesOf } from './scopes.ts';
import type { FoundUse } from './uses.ts';
import { usesOf } from './uses.ts';
import { parser as java } from '@lezer/java';
import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';

/** What a parser can say for sure of a file of source code. */
export interface SourceFacts {
  readonly source: Source;
  readonly calls: readonly FoundCall[];
  /** Pools, clients and settings of servers. */
  readonly objects: readonly FoundObject[];
  readonly uses: readonly FoundUse[];
  readonly variables: readonly VariableRead[];
}

const javascripts = /\.[cm]?[jt]sx?$/;
const languages: readonly (readonly [RegExp, LRParser])[] = [
  [/\.py$/, python],
  [/\.java$/, java],
  [/\.[cm]?tsx?$/, javascript.configure({ dialect: 'ts' })],
  [/\.[cm]?jsx?$/, javascript.configure({ dialect: 'jsx' })],
];

/** Longer files are bundles. */
const mostCharacters = 200_000;
/** To go on behind an error takes a parser up to a hundred times as long. */
const mostWithErrors = 50_000;
/** Others have nothing that is looked for, and need not be parsed. */
const telling = new RegExp(
  'timeout|\\benv\\b|getenv|environ|Pool|Agent\\b|bullmq|cockatiel|opossum|mysql2|knex|https?://|' +
    'RetryHandler|interceptors|[\'"](error|uncaughtException)[\'"]|Promise\\.all|\\.fork\\(',
  'i',
);

export function isSource(path: string): boolean {
  const isTest = /(^|\/)(tests?|__tests__|spec|e2e)\/|\.(test|spec)\.|(^|\/)test_/.test(path);
  return !isTest && !path.endsWith('.d.ts') && languages.some(([name]) => name.test(path));
}

/** Whether something in it may be worth reading. */
export function isTelling({ text }: Source): boolean {
  return telling.test(text);
}

/** Reads a file of Python, Java, JavaScript or TypeScript. Undefined: there is nothing to read. */
export function readSourceCode(source: Source): SourceFacts | undefined {
  const { fileName, text } = source;
  const parser = languages.find(([name]) => name.test(fileName))?.[1];
  if (parser === undefined || text.length > mostCharacters || !isTelling(source)) return undefined;
  const tree = parsed(parser, text);
  if (tree === undefined) return undefined;
  const reader = new Reader(text);
  const meaning = scopesOf(tree, reader);
  const imports = javascripts.test(fileName) ? importsOf(tree, reader) : undefined;
  return {
    source,
    calls: callsOf(tree, reader, meaning),
    objects: imports === undefined ? [] : objectsOf(tree, reader, meaning, imports),
    uses: imports === undefined ? [] : usesOf(tree, reader, meaning, imports),
    variables: variablesOf(tree, reader, source),
  };
}

/** Files with an error are read as far as that goes, if they are short. */
function parsed(parser: LRParser, text: string): Tree | undefined {
  try {
    return parser.configure({ strict: true }).parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text.length > mostWithErrors ? undefined : parser.parse(text);
  }
}

function variablesOf(tree: Tree, reader: Reader, source: Source): readonly VariableRead[] {
  const found: VariableRead[] = [];
  const withDefault = new Set<string>();
  const note = (expression: Expression, offset: number): void => {
    if (expression.kind !== 'variable') return;
    const at = { kind: 'file' as const, file: source.fileName, ...source.position(offset) };
    if (expression.fallback !== undefined) withDefault.add(expression.name);
    found.push({ name: expression.name, at, hasDefault: false });
  };
  tree.iterate({
    enter({ node, name }) {
      if (/^(MemberExpression|CallExpression|MethodInvocation|BinaryExpression)$/.test(name)) {
        note(reader.expression(node), node.from);
      }
    },
  });
  const first = new Map(found.toReversed().map((it) => [it.name, it]));
  return [...first.values()]
    .toReversed()
    .map((it) => ({ ...it, hasDefault: withDefault.has(it.name) }));
}
