import type { Tree } from '@lezer/common';

import type { Call } from './calls-within.ts';
import { callsWithin } from './calls-within.ts';
import type { Expression, Meaning } from './expression.ts';
import { mapsOf, numbersOf } from './expression.ts';
import type { Imports } from './imports.ts';
import type { Reader } from './lower.ts';
import type { RetriedBreaker } from './retried-breakers.ts';
import { retriedBreaker } from './retried-breakers.ts';
import type { SecondConnection } from './second-connections.ts';
import { secondConnection } from './second-connections.ts';
import type { Seen } from './seen.ts';
import { scopeOf } from './scopes.ts';

/** Something that a file of JavaScript does, and a parser can tell for sure. */
export type FoundUse = { readonly offset: number } & (
  | {
      readonly kind: 'retrying-client';
      readonly what: string;
      readonly options: readonly string[];
      readonly maxRetries: { readonly value: number; readonly offset: number } | undefined;
    }
  | { readonly kind: 'exit'; readonly of: string }
  | { readonly kind: 'pool' | 'listener' | 'fork' }
  | { readonly kind: 'fan-out'; readonly over: string; readonly calls: string }
  | RetriedBreaker
  | SecondConnection
);

const finders: readonly ((seen: Seen) => FoundUse | undefined)[] = [
  retryingClient,
  listener,
  exit,
  fanOut,
  fork,
  retriedBreaker,
  secondConnection,
];

/** The uses in a file of JavaScript or TypeScript. */
export function usesOf(
  tree: Tree,
  reader: Reader,
  meaning: Meaning,
  imports: Imports,
): readonly FoundUse[] {
  const found: FoundUse[] = [];
  tree.iterate({
    enter({ node, name }) {
      if (name !== 'NewExpression' && name !== 'CallExpression') return;
      const call = reader.expression(node);
      if (call.kind !== 'call') return;
      const seen = { node, call, reader, meaning, imports };
      found.push(...finders.map((find) => find(seen)).filter((it) => it !== undefined));
      const made = name === 'NewExpression' ? imports(call.callee) : undefined;
      if (made?.module === 'pg' && made.name === 'Pool') {
        found.push({ kind: 'pool', offset: node.from });
      }
    },
  });
  return found;
}

/** Which argument the options are, and under which of its keys. */
const retryingClients: Readonly<Record<string, { at: number; under?: string }>> = {
  RetryAgent: { at: 1 },
  RetryHandler: { at: 0, under: 'retryOptions' },
  'interceptors.retry': { at: 0 },
};

function retryingClient({ node, call, meaning }: Seen): FoundUse | undefined {
  const what = Object.keys(retryingClients).find((it) => `.${call.callee}`.endsWith(`.${it}`));
  if (what === undefined) return undefined;
  const { at, under } = retryingClients[what]!;
  const given = call.values[at];
  const outer = given === undefined ? new Map<string, Expression>() : mapsOf(given, meaning)[0];
  const inner = under === undefined ? undefined : outer?.get(under);
  const options = inner === undefined ? outer : mapsOf(inner, meaning)[0];
  // What is spread into the options may be any of them.
  if (options === undefined || options.has('...')) return undefined;
  const names = under === undefined || inner !== undefined ? [...options.keys()] : [];
  const retries = names.includes('maxRetries') ? options.get('maxRetries') : undefined;
  return {
    kind: 'retrying-client',
    offset: node.from,
    what,
    options: names,
    maxRetries: retries && numbersOf(retries, meaning)[0],
  };
}

/** Whether a call waits for errors, of anything. */
function isListener({ callee, values: [event] }: Call): boolean {
  const isText = event?.kind === 'text' && /^(error|uncaughtException)$/.test(event.value);
  return isText && /\.(on|once|addListener)$/.test(callee);
}

function listener({ node, call }: Seen): FoundUse | undefined {
  return isListener(call) ? { kind: 'listener', offset: node.from } : undefined;
}

/** What makes a connection, or a pool of them. */
const connections = /(^|\.)(Pool|Client|Redis|Cluster|createClient|createPool|createConnection)$/;

/** `pool.on('error', () => process.exit(1))` */
function exit({ node, call, reader, meaning }: Seen): FoundUse | undefined {
  const { receiver } = call;
  if (!isListener(call) || receiver?.kind !== 'name') return undefined;
  const made = meaning(receiver.name, receiver.offset).find(
    (it): it is Call => it.kind === 'call' && connections.test(it.callee),
  );
  const end = callsWithin(node, reader).find((it) => it.call.callee === 'process.exit');
  if (made === undefined || end === undefined) return undefined;
  return { kind: 'exit', offset: end.node.from, of: made.callee };
}

/** What comes with a request, as the frameworks for Node have it. */
const inputs = /^(req|request|ctx\.request|ctx\.req)\.(body|query)(\.|$)/;
const sends = /^(fetch|axios(\.\w+)?|got(\.\w+)?|ky(\.\w+)?)$/;
/** Something asks how many there are, or takes only some. */
const bounds = /\.length\s*[<>]|\.slice\(|\blimit|Limit\b/;

/** `Promise.all(req.body.ids.map((id) => fetch(...)))` */
function fanOut({ node, call, reader, meaning }: Seen): FoundUse | undefined {
  const [each] = call.values;
  if (!/^Promise\.(all|allSettled)$/.test(call.callee) || each?.kind !== 'call') return undefined;
  if (!each.callee.endsWith('.map') || bounds.test(reader.read(scopeOf(node)))) return undefined;
  const list = node.getChild('ArgList')?.getChild('CallExpression')?.firstChild?.firstChild;
  const over = list && pathsOf(reader.expression(list), meaning).find((it) => inputs.test(it));
  const sent = callsWithin(node, reader).find((it) => sends.test(it.call.callee));
  if (!over || sent === undefined) return undefined;
  return { kind: 'fan-out', offset: node.from, over, calls: sent.call.callee };
}

/** `cluster.fork()` in a file that asks how many cores there are. */
function fork({ node, call, reader }: Seen): FoundUse | undefined {
  if (!/^cluster(\.default)?\.fork$/.test(call.callee)) return undefined;
  let top = node;
  while (top.parent !== null) top = top.parent;
  if (!/\bcpus\(\)\.length/.test(reader.read(top))) return undefined;
  return { kind: 'fork', offset: node.from };
}

/** `req.body.ids` of an expression, and of what a name stands for. */
function pathsOf(expression: Expression, meaning: Meaning, depth = 0): readonly string[] {
  if (expression.kind === 'member') {
    return pathsOf(expression.of, meaning, depth).map((it) => `${it}.${expression.key}`);
  }
  if (expression.kind !== 'name') return [];
  const { name, offset } = expression;
  // A few names are enough; a name that stands for itself has no end.
  const known = depth < 3 ? meaning(name, offset) : [];
  return [name, ...known.flatMap((it) => pathsOf(it, meaning, depth + 1))];
}
